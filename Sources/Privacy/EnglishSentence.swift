import Formats

/// An English sentence that may tell of a pupil: an illness with a name, a class, a room or a number of persons, and no rule.
struct EnglishSentence {
    private let words: [(text: String, place: Int)]

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        var words: [(text: String, place: Int)] = []
        var start: Int?
        for index in range {
            let isPart = (bytes[index] | 32) &- 97 < 26 || bytes[index] &- 48 < 10
            if isPart, start == nil { start = index }
            if let begin = start, !isPart || index == range.upperBound - 1 {
                words.append((String(decoding: bytes[begin..<(isPart ? index + 1 : index)], as: UTF8.self), begin))
                start = nil
            }
        }
        self.words = words
    }

    /// Where it tells of somebody.
    var place: Int? {
        let small = words.map { $0.text.lowercased() }
        guard words.count > 3, small.contains(where: Self.health.contains), !small.contains(where: Self.rules.contains)
        else { return nil }
        return words.indices.first { index in
            let next = index + 1 < small.count ? small[index + 1] : ""
            let behind = small[(index + 1)...].prefix(2)
            let isCounted = Self.isNumber(small[index]) && behind.contains(where: Self.persons.contains)
            let isUnit = Self.units.contains(small[index]) && next.contains { $0.isNumber }
            let isTitled = ["mr", "mrs", "ms", "miss"].contains(small[index])
            let isRelated = next == "s" && index + 2 < small.count && Self.relatives.contains(small[index + 2])
            let isOurs =
                ["my", "our", "his", "her"].contains(small[index])
                && (Self.persons.contains(next) || Self.relatives.contains(next))
            let isName =
                index + 1 < words.count
                && Pinyin.beginsWithName(ArraySlice((words[index].text + words[index + 1].text).unicodeScalars))
                && words[index].text.first?.isUppercase == true
            return isCounted || isUnit || isTitled || isRelated || isOurs || isName
        }.map { words[$0].place }
    }

    private static func isNumber(_ word: String) -> Bool {
        word.allSatisfy(\.isNumber)
            || ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "of"].contains(word)
    }

    private static let health: Set<String> = Set(
        "chickenpox measles mumps flu influenza norovirus fever vomiting vomited diarrhoea diarrhea tuberculosis tb pneumonia hepatitis covid rubella pertussis asthma epilepsy diabetes leukaemia leukemia rash cough coughing positive hospitalised hospitalized isolating isolated quarantine quarantined infected diagnosed hospital seizure surgery sick absent insulin wheelchair counselling counselor suicide depression anxiety fracture stitches unvaccinated allergic allergy ill lice scabies concussion chemo chemotherapy leave"
            .split(separator: " ").map(String.init))
    /// Of rules and advice.
    private static let rules: Set<String> = Set(
        "if must should please may keep your season when any every all rules whoever anyone whenever avoid drill exercise example county province national who can how what"
            .split(separator: " ").map(String.init))
    private static let persons: Set<String> = Set(
        "case cases pupil pupils student students child children boy boys girl girls staff teacher teachers boarder boarders classmate classmates son daughter"
            .split(separator: " ").map(String.init))
    private static let relatives: Set<String> = Set(
        "mum mom mother dad father parents brother sister grandmother deskmate roommate classmate friend twin cousin"
            .split(separator: " ").map(String.init))
    private static let units: Set<String> = Set(
        "class grade room form year dorm bus".split(separator: " ").map(String.init))
}
