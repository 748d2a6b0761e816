import Formats

/// The words by which phrases about persons are told, read from the lists in `Words/`. Each list is a judgement, measured by the
/// lists of phrases in the tests; to add a word, add it to a list.
package enum Lexicon {
    /// What a character or a word is a sign of: enough to pass over most sentences.
    struct Signs: OptionSet, Sendable {
        let rawValue: UInt16

        static let illness = Signs(rawValue: 1)
        /// A class, or a word for somebody.
        static let person = Signs(rawValue: 2)
        static let address = Signs(rawValue: 4)
        static let birth = Signs(rawValue: 8)
        static let dormitory = Signs(rawValue: 16)
        static let name = Signs(rawValue: 32)
        /// How many persons.
        static let count = Signs(rawValue: 64)
        /// Something of the health of persons that is no illness: absence, isolation, a missing vaccination.
        static let state = Signs(rawValue: 128)
        /// Any character that is a surname as well.
        static let surname = Signs(rawValue: 256)
    }

    static let illnesses = words("symptoms", "diseases", "mental", "findings")
    static let things = words("vaccines", "rooms", "talks", "work")
    static let persons = words("general")
    static let relatives = words("relatives")
    static let addresses = words("addresses")
    static let births = words("births")
    static let dormitories = words("dormitories")
    static let negations = words("negations")
    static let nearNegations = words("nearnegations")
    static let topics = words("topics")
    static let outbreaks = words("outbreaks")
    static let clusters = words("clusters")
    static let smallClasses = words("classes")
    static let fields = words("fields")
    static let suppositions = words("suppositions", "played")
    static let orders = words("orders")
    static let longSurnames = words("longsurnames")
    static let notNames = words("notnames")
    static let birthdays = words("birthdays")
    static let patients = words("patients")
    static let objects = words("objects")
    static let addressed = words("addressed")
    static let noNicknames = words("nonicknames")
    static let shortForms = words("shortforms")
    static let limitsBehind = words("limitsbehind")
    static let limitsBefore = words("limitsbefore")
    static let headcounts = words("headcounts")
    static let present = words("present")
    static let enrolled = words("enrolled")
    static let ours = words("ours")
    static let staff = words("staff")
    static let somebody = words("somebody")
    static let noClasses = words("noclasses")
    static let keys = words("keys")
    static let facts = words("facts")
    static let measures = words("measures")
    static let anyCounts = words("anycounts")
    static let presence = words("presence")
    static let ways = words("ways")
    static let examples = words("examples")
    static let blanks = words("blanks")
    static let forms = words("forms")
    static let countedPersons = WordList(
        lists["countedpersons"].sorted { $0.count > $1.count })
    static let countedThings = WordList(lists["countedthings"].sorted { $0.count > $1.count })
    static let countedThingIDs = lists["countedthingids"].map { String(String.UnicodeScalarView($0)) }
    static let thingNouns = words("thingnouns")
    static let countedIDs = lists["countedids"].map { String(String.UnicodeScalarView($0)) }
    /// What may be counted, each with the words for it, its own name first.
    static let counted = lists.named(in: "rooms", to: "devices")
    /// The words of which readings are made.
    static let vocabulary = Vocabulary(lists)

    static let surnames = Characters(surnameText)
    private static let surnameText =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕裴霍涂苗谷盛曲翁冉骆蓝路辛靳鲍华喻祁蒲滕屈饶牟艾阳穆卓缪连芦麦娄窦戚岑景费卜晏席柏宗瞿桂闵苟边卞姬栾隋刁沙荣巫寇桑甄丛仲虞敖佘池查苑迟邝晋骞贝闫逯封储茅岳湛符"
    /// Characters that no given name has: the word before was no surname.
    static let notInNames = Characters(
        "的了是在和与及或等应须要可能会不有无为因从到被将把请让使各每本该此其他以所都就也还又再并且但而若如同学级班组年月日时分天次名个位例人家校师生体温热烧度全部防控检查报告何课病症状者式向往长处员任规见上下来去做好后前内外中里开发放返疫情健康日常办园区镇县省市村院所站室门楼间方面便法案管理血压胞季期水奶查"
    )

    /// The same for names that are only asked about: given names do have these.
    static let rarelyInNames = notInNames.subtracting("天家若如健康方常期乐安")

    /// What a look-alike is read as.
    static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs = lists["traditional"] + lists["radicals"]
        return Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
    }()

    /// For each character of the common block, by its number from U+4E00 on: in the low half what it is a sign of by itself, above it
    /// which of `longWordPlaces` are those that begin with it, from 1 on, and in the highest bit whether it is read as another one.
    static let table: [UInt32] = {
        var table = [UInt32](repeating: 0, count: 0x5200)
        func mark(_ characters: some Sequence<Unicode.Scalar>, _ sign: Signs) {
            for character in characters { table[Int(character.value) - 0x4E00] |= UInt32(sign.rawValue) }
        }
        mark("班某岁他她".unicodeScalars, .person)
        mark(surnameText.unicodeScalars, .surname)
        mark("人名例位个俩仨".unicodeScalars, .count)
        mark("癌瘤瘫聋哑疹".unicodeScalars, .illness)
        mark("住址".unicodeScalars, .address)
        mark("姓男女".unicodeScalars, .name)
        for (index, places) in longWordPlaces.enumerated() {
            table[Int(sortedWords[places.lowerBound].characters[0].value) - 0x4E00] |= UInt32(index + 1) << 16
        }
        for (written, read) in lookAlikes where written.isCommonHan {
            table[Int(written.value) - 0x4E00] |= table[Int(read.value) - 0x4E00] & 0xFFFF | isReadAsAnother
        }
        return table
    }()

    static let isReadAsAnother: UInt32 = 1 << 31

    /// What a word of several characters has behind its first one: up to eight bytes, the first one lowest, which tell it well
    /// enough to look at its sentence again.
    struct LongWord: Sendable, BitwiseCopyable {
        let rest: UInt64
        let mask: UInt64
        let sign: UInt16
    }

    /// In the order of first characters.
    static let longWords: [LongWord] = sortedWords.map { characters, sign in
        let rest = characters.dropFirst().flatMap { Array(String($0).utf8) }.prefix(8)
        return LongWord(
            rest: rest.reversed().reduce(0) { $0 << 8 | UInt64($1) },
            mask: rest.reduce(0) { mask, _ in mask << 8 | 0xFF }, sign: UInt16(sign.rawValue))
    }

    /// Where those with the same first character lie.
    static let longWordPlaces: [Range<Int>] = {
        let leads = sortedWords.map(\.characters[0])
        let starts = leads.indices.filter { $0 == 0 || leads[$0] != leads[$0 - 1] }
        return zip(starts, starts.dropFirst() + [leads.count]).map { $0..<$1 }
    }()
}

extension Lexicon {
    /// The lists by their names.
    private static let lists = WordLists(EmbeddedWords.files.map { String(describing: $0.text) })

    private static func words(_ names: String...) -> WordList { WordList(names.flatMap { lists[$0] }) }

    private static let sortedWords: [(characters: [Unicode.Scalar], sign: Signs)] = {
        let signs: [(Signs, [String])] = [
            (
                .illness,
                ["symptoms", "diseases", "mental", "findings", "treatments", "medicines", "disability", "care"]
            ),
            (.person, ["general", "relatives", "posts", "relations", "groups", "single", "given", "events"]),
            (
                .state,
                [
                    "absent", "isolated", "screened", "traced", "unvaccinated", "counselled", "exempt", "treated",
                    "enrolled",
                ]
            ),
            (.address, ["addresses"]), (.birth, ["births"]), (.dormitory, ["dormitories"]),
            (.name, ["names", "numbers"]),
        ]
        let words = signs.flatMap { sign, kinds in
            kinds.flatMap { lists[$0] }.filter { $0.allSatisfy(\.isCommonHan) && $0.count > 1 }
                .map { (characters: $0, sign: sign) }
        }
        let written = Dictionary(lookAlikes.filter { $0.key.isCommonHan }.map { ($0.value, $0.key) }) { min($0, $1) }
        let traditional = words.compactMap { characters, sign in
            characters.contains { written[$0] != nil }
                ? (characters: characters.map { written[$0] ?? $0 }, sign: sign) : nil
        }
        return (words + traditional).sorted { $0.characters[0] < $1.characters[0] }
    }()
}
