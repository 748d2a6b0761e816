/// Numbers by which a school or a hospital knows somebody: 学号20240315, 学籍号G110…
struct Numbers {
    let reading: Reading

    init(_ reading: Reading) { self.reading = reading }

    /// Where the word stands before such a number.
    var place: Int? {
        if reading.isSupposed { return nil }
        return reading.all(.numbers).first { word in
            var start = word.range.upperBound
            while let next = reading.sentence.character(start), next.isOne(of: "是为:号(）)尾后四位") { start += 1 }
            let run = reading.sentence.characters[min(start, reading.sentence.characters.count)...].prefix {
                $0.isASCIILetter || ("0"..."9").contains($0)
            }
            return run.count >= 4 && run.contains { ("0"..."9").contains($0) }
        }?.range.lowerBound
    }
}
