/// Chinese names in Latin letters, by the syllables of Hanyu Pinyin (ISO 7098).
enum Pinyin {
    /// Whether letters without blanks begin with a name: a surname with one or two syllables, written with capitals
    /// (WangXiaomingof…) or standing alone (wangxiaoming).
    static func beginsWithName(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
        let (first, count) = (letters.startIndex, letters.count)
        for length in 2...6 where length < count {
            guard let surname = packed(letters[first..<first + length]), surnames.contains(surname) else { continue }
            let isCapital = isUpper(letters[first]) && isUpper(letters[first + length])
            let ends = syllableEnds(letters, first + length)
            if isCapital, !ends.isEmpty { return true }
            if !isUpper(letters[first]), count >= 6,
                ends.contains(where: { $0 == letters.endIndex || syllableEnds(letters, $0).contains(letters.endIndex) })
            {
                return true
            }
        }
        return false
    }

    /// Whether letters are syllables throughout, and begin with a surname: wangzihantongxuede.
    static func isTextWithName(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
        let first = letters.startIndex
        let hasSurname = (2...6).contains { length in
            length < letters.count && packed(letters[first..<first + length]).map(surnames.contains) ?? false
        }
        guard letters.count >= 9, hasSurname else { return false }
        var ends: Set<Int> = [first]
        for start in letters.indices where ends.contains(start) { ends.formUnion(syllableEnds(letters, start)) }
        return ends.contains(letters.endIndex)
    }

    private static func isUpper(_ letter: Unicode.Scalar) -> Bool { letter.value &- 65 < 26 }

    /// Letters without their case as one number; nil for more than six.
    private static func packed(_ letters: ArraySlice<Unicode.Scalar>) -> UInt64? {
        letters.count > 6 ? nil : letters.reduce(0) { $0 << 8 | UInt64($1.value | 32) }
    }

    /// Where a syllable that begins at a place may end.
    private static func syllableEnds(_ text: ArraySlice<Unicode.Scalar>, _ start: Int) -> [Int] {
        (1...6).map { start + $0 }.filter { end in
            end <= text.endIndex && packed(text[start..<end]).map(syllables.contains) ?? false
        }
    }

    private static func packed(_ text: Substring) -> UInt64 { packed(ArraySlice(text.unicodeScalars)) ?? 0 }

    private static let syllables: Set<UInt64> = {
        let initials = " b p m f d t n l g k h j q x zh ch sh r z c s y w".split(
            separator: " ", omittingEmptySubsequences: false)
        let finals =
            "a o e i u v ai ei ui ao ou iu ie ve ue er an en in un vn ang eng ing ong ia iao ian iang iong ua uo uai uan uang"
            .split(separator: " ")
        return Set(initials.flatMap { initial in finals.map { packed(initial + $0) } })
    }()
    private static let surnames: Set<UInt64> = Set(
        "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang han feng deng cao peng zeng xiao tian dong yuan pan yu jiang cai du ye cheng su wei lv ding ren shen yao lu cui zhong tan fan jin shi liao jia xia fu fang bai zou meng xiong qin qiu yin xue yan duan lei hou long tao mao hao gong shao wan qian dai mo kong ouyang sima zhuge"
            .split(separator: " ").map { packed($0) })
}
