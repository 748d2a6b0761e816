import Formats

/// Phrases that tell of a person: an illness together with a class or a name, where somebody lives or sleeps, when somebody was born, how
/// many of a class are ill. What is certain is refused; what may be meant so is a question to a person, who has to look at it.
package enum PersonalPhrases {
    package enum Kind: String, Sendable {
        case caseOfClass = "case-of-class"
        case namedCase = "named-case"
        case name
        case address
        case birth = "birth-date"
        case dormitory
        case number
        case count
        /// By signs that are not certain.
        case person

        /// What stands there, for the message.
        package var words: (zh: String, en: String) {
            switch self {
            case .caseOfClass: ("某个班的病例", "a case of illness in one class")
            case .namedCase: ("某个人的病情", "somebody's illness")
            case .name: ("一个人的姓名", "somebody's name")
            case .address: ("一个人的住址", "where somebody lives")
            case .birth: ("一个人的出生日期", "somebody's date of birth")
            case .dormitory: ("宿舍房间号", "a dormitory room")
            case .number: ("一个人的学号或证件编号", "somebody's number of a student or a document")
            case .count:
                ("我们的人有几个患病、缺勤、隔离或未接种的准确人数", "how many of our persons are ill, absent, isolated or not vaccinated")
            case .person: ("某个人的情况", "somebody's condition")
            }
        }
    }

    package enum Answer: Sendable {
        /// It must not be published.
        case refused
        /// Somebody has to look at it, and to say that it is right.
        case question
    }

    package struct Found: Equatable, Sendable {
        package let kind: Kind
        package let answer: Answer
        /// The sentence, in the text's bytes.
        package internal(set) var sentence: Range<Int>
        /// Where the phrase is.
        package internal(set) var place: Int
        /// Of a count: what it says, and where the number stands.
        package let value: Int?
        package internal(set) var number: Range<Int>

        init(
            kind: Kind, answer: Answer = .refused, sentence: Range<Int>, place: Int, value: Int? = nil,
            number: Range<Int>? = nil
        ) {
            (self.kind, self.answer, self.sentence, self.place, self.value) = (kind, answer, sentence, place, value)
            self.number = number ?? place..<place
        }
    }

    /// The phrases of a text, in order. Most sentences are passed over by their characters alone.
    ///
    /// - Parameters:
    ///   - isProse: Whether it is a text of paragraphs (Markdown), whose words may be broken by marks and line ends, and whose headings
    ///     belong to what stands below them; the cells of a table are not to be joined.
    ///   - threshold: The k of what is published of counts.
    package static func find(in bytes: [UInt8], isProse: Bool = true, threshold: Int = 5) -> [Found] {
        let found = bytes.withUnsafeBufferPointer { PhraseScan.found(in: $0, [0..<$0.count], threshold) }
        guard isProse else { return found }
        var all = found + folded(bytes, found, threshold)
        all += bytes.withUnsafeBufferPointer { PhraseContext($0, threshold).found(beside: all) }
        return all.sorted { $0.place < $1.place }
    }

    /// What is found only where marks and line ends are taken out. Sentences in which there are none are known already.
    private static func folded(_ bytes: [UInt8], _ found: [Found], _ threshold: Int) -> [Found] {
        guard let text = FoldedText(bytes) else { return [] }
        let more = text.bytes.withUnsafeBufferPointer { bytes in
            PhraseScan.found(in: bytes, PhraseScan.sentences(of: bytes, at: text.cuts.lazy.map(\.place)), threshold)
        }.map(text.original)
        return more.filter { new in
            !found.contains {
                $0.sentence.overlaps(new.sentence)
                    && ($0.kind == new.kind || $0.answer == .refused || new.answer == .question)
            }
        }
    }
}
