import Foundation
import Testing

@testable import Formats

/// What the search takes for the same, and where it says words are. The browser's half is tested by Tests/Search.
@Suite struct SearchTests {
    @Test func textsAreFoldedAsInTheBrowser() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Search/vectors.json")
        let vectors = try JSONDecoder().decode([[String]].self, from: Data(contentsOf: file))
        #expect(vectors.count > 30)
        for vector in vectors {
            #expect(String(decoding: SearchText(vector[0]).units, as: UTF16.self) == vector[1], "\(vector[0])")
            // HTML of the same text, which our renderer would write.
            let html = vector[0].replacing("&", with: "&amp;")
            var text = SearchText()
            text.add(html: Array("<em>\(html)</em>".utf8))
            #expect(text.units == SearchText(vector[0]).units, "\(vector[0])")
        }
    }

    @Test(arguments: [
        ("<p>通<strong>风</strong></p><p>消毒</p>", "通风 消毒 "), ("<td>甲</td><td>乙</td>", "甲 乙 "),
        ("<a href=\"x\">发</a>热", "发热 "), ("发<br>热", "发热 "), ("<p>a &amp; b</p>", " a b "), ("<p>未完", "未完 "),
        ("<p>断\u{FFFD}字", "断 字 "),
    ])
    func marksWithinALineSeparateNothing(html: String, searched: String) {
        var text = SearchText()
        text.add(html: Array(html.utf8))
        #expect(String(decoding: text.units, as: UTF16.self) == searched)
    }

    /// Every three characters of every document are in the shard of the first two, and nothing else is.
    @Test(arguments: [0, 1, 5])
    func postingsAreThoseOfTheTexts(bits: Int) {
        var random = SystemRandomNumberGenerator()
        let documents = (0..<300).map { _ in
            SearchDocument(title: SearchTests.text(&random, 6), body: SearchTests.text(&random, 40))
        }
        var expected: Set<String> = []
        for (number, document) in documents.enumerated() {
            let titles = SearchTests.triples(document.title)
            for triple in titles { expected.insert("\(triple) \(number) title") }
            for triple in SearchTests.triples(document.body) where !titles.contains(triple) {
                expected.insert("\(triple) \(number) body")
            }
        }
        var found: Set<String> = []
        var scratch = SearchScratch()
        for block in 0..<2 {
            let part = Array(documents.dropFirst(block * 256).prefix(256))
            let search = SearchBlock(number: block, documents: part, shardBits: bits, scratch: &scratch)
            for shard in 0..<1 << bits {
                var reader = PartReader(String(decoding: search.part(shard), as: UTF8.self))
                reader.read(shard: shard, bits: bits, into: &found)
            }
        }
        #expect(found == expected)
    }

    /// A block that was kept has the same parts, and is none for another number of shards.
    @Test func keptBlocksAreTheSame() throws {
        let documents = ["发热的同学先测体温", "教室每天通风，地面消毒", "abc 通知"].map {
            SearchDocument(title: SearchText($0).units, body: SearchText("").units)
        }
        var scratch = SearchScratch()
        let made = SearchBlock(number: 3, documents: documents, shardBits: 4, scratch: &scratch)
        let kept = try #require(SearchBlock(kept: made.slice, shardBits: 4))
        for shard in 0..<16 {
            #expect(Array(kept.part(shard)) == Array(made.part(shard)))
            #expect(kept.fingerprint(shard) == Fingerprint(made.part(shard)))
        }
        #expect(SearchBlock(kept: made.slice, shardBits: 3) == nil)
        let cutOff = RecordSlice(made.slice.memory, made.slice.range.dropLast())
        #expect(SearchBlock(kept: cutOff, shardBits: 4) == nil)
    }

    private static func text(_ random: inout SystemRandomNumberGenerator, _ length: Int) -> [UInt16] {
        SearchText(String((0..<length).map { _ in "发热通风消毒ab ，".randomElement(using: &random)! })).units
    }

    private static func triples(_ units: [UInt16]) -> Set<String> {
        Set(
            units.indices.dropLast().filter { units[$0 + 1] != 32 }.map { index in
                String(
                    decoding: units[index..<min(index + 2, units.count)] + [
                        index + 2 < units.count ? units[index + 2] : 32
                    ], as: UTF16.self)
            })
    }
}

/// Reads a shard's part as the browser does.
private struct PartReader {
    let signs: [Character]
    var index = 0

    init(_ text: String) { signs = Array(text) }

    mutating func number() -> Int {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var (value, shift) = (0, 0)
        while true {
            let digit = digits.firstIndex(of: signs[index])!
            index += 1
            value |= (digit & 31) << shift
            shift += 5
            if digit < 32 { return value }
        }
    }

    mutating func sign() -> Character {
        index += 1
        return signs[index - 1]
    }

    mutating func read(shard: Int, bits: Int, into found: inout Set<String>) {
        while index < signs.count {
            let first = number() * SearchBlock.size
            for _ in 0..<number() {
                let pair = "\(sign())\(sign())"
                let units = Array(pair.utf16)
                #expect(SearchBlock.shard(units[0], units[1], bits: bits) == shard)
                for _ in 0..<number() {
                    let third = sign()
                    var document = first
                    for _ in 0..<number() {
                        let step = number()
                        document += step >> 1
                        found.insert("\(pair)\(third) \(document) \(step & 1 == 1 ? "title" : "body")")
                    }
                }
            }
        }
    }
}
