import Foundation
import Privacy

// Counts what lists of phrases, one a line, are answered: refused, put before somebody, or passed. Lines that begin with # are comments;
// \n within a line is a line end. With -v every line is printed with its answer; with -t NUMBER the time of so many rounds.
//
// usage: phrases-benchmark [-v] [-t ROUNDS] FILE…

var files = Array(CommandLine.arguments.dropFirst())
let isVerbose = files.first == "-v"
if isVerbose { files.removeFirst() }
var rounds = 0
if files.first == "-t" {
    rounds = Int(files[1]) ?? 1
    files.removeFirst(2)
}
for file in files {
    let text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
    let isList = file.hasSuffix(".txt")
    let phrases = isList ? text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init) : [text]
    var counts: [String: Int] = [:]
    for phrase in phrases {
        let bytes = Array((isList ? phrase.replacingOccurrences(of: "\\n", with: "\n") : phrase).utf8)
        let found = PersonalPhrases.find(in: bytes)
        let answer = found.contains { $0.answer == .refused } ? "refused" : found.isEmpty ? "passed" : "asked"
        counts[answer, default: 0] += 1
        if isVerbose, isList {
            print(answer, found.map(\.kind.rawValue).joined(separator: ","), phrase, separator: "\t")
        }
        if !isList, !found.isEmpty {
            for one in found {
                print(
                    file, one.answer, one.kind.rawValue,
                    String(decoding: bytes[one.sentence], as: UTF8.self).prefix(160), separator: "\t")
            }
        }
    }
    if isList || isVerbose {
        print(file, "refused", counts["refused"] ?? 0, "asked", counts["asked"] ?? 0, "passed", counts["passed"] ?? 0)
    }
    if rounds > 0 {
        let bytes = Array(text.utf8)
        let start = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<rounds { _ = PersonalPhrases.find(in: bytes) }
        print(file, Double(DispatchTime.now().uptimeNanoseconds - start) / 1e3 / Double(rounds), "µs")
    }
}
