/// The words by which phrases about persons are told. Chosen from how schools write; each list is a judgement, measured by the
/// table of phrases in the tests.
enum Lexicon {
    /// What a word is a sign of.
    struct Signs: OptionSet, Sendable {
        let rawValue: UInt8

        static let illness = Signs(rawValue: 1)
        /// A class, or a word for somebody.
        static let person = Signs(rawValue: 2)
        static let address = Signs(rawValue: 4)
        static let birth = Signs(rawValue: 8)
        static let dormitory = Signs(rawValue: 16)
        static let name = Signs(rawValue: 32)
    }

    static let illnesses = WordList(
        "发热 发烧 高烧 低烧 高热 低热 咳嗽 呕吐 腹泻 拉肚子 出疹 皮疹 水痘 手足口 流感 甲流 乙流 诺如 腮腺炎 麻疹 猩红热 结核 新冠 阳性 确诊 感染 疑似 隔离 密接 密切接触 住院 患病 得病 生病 病假 黄疸 肝炎 红眼病 结膜炎 抑郁 自伤 晕倒 体温异常 病例 疱疹 肺炎 骨折 癫痫 哮喘 乙肝 携带者 过敏 心脏病 胃肠炎 胃炎 咽痛 头痛 腹痛 发病 吐了 吐在 糖尿病 白血病 肾炎 抽搐 休克 中毒 皮肤病 近视 体温38 体温39"
    )

    /// Words for one person, after or before a name.
    static let persons = WordList(
        "同学 学生 小朋友 患者 患儿 病例 密接者 接触者 幼儿 学员 住校生 教师 老师 职工 师傅 男生 女生 男孩 女孩 孩子 其子 其女 儿子 女儿 宿管员 保安 厨师 员工 校工")
    static let relatives = WordList("家长 爸爸 妈妈 父亲 母亲 爷爷 奶奶")
    static let addresses = WordList("家住 现住 暂住 住在 住址 户籍地 居住地 家在 家中 家庭地址 居家地址 居住地址 详细地址 地址是 病家")
    static let births = WordList("出生 生日 生于 年生 月生 日生")
    static let dormitories = WordList("宿舍 寝室 公寓 男寝 女寝 男舍 女舍 号床 房间号")
    static let names = WordList("姓名 签名 签字")

    /// Before an illness: there is none.
    static let negations = WordList("无 没有 未发现 未出现 未见 零 排除 避免 如有 谨防")
    /// The same, right before it.
    static let nearNegations = WordList("不 未 非 防")
    /// Behind an illness: it is spoken of, and nobody has it.
    static let topics = WordList(
        "疫苗 预防 知识 防控 防治 高发 季 流行 监测 登记 筛查 排查 门诊 病房 室 组 点 区 措施 制度 流程 演练 预案 培训 讲座 时 者 病毒 应 要 须 宣传 情况 防护 观察室 观察点")
    /// Before an illness, in a class: somebody has it.
    static let outbreaks = WordList("发现 发生 出现 新增 爆发 暴发 聚集性")
    /// With an illness, in a class: several have it.
    static let clusters = WordList("聚集 停课 疫情 首发 发病 标本 核酸 患儿")
    static let smallClasses = WordList("大班 中班 小班 学前班")
    /// Fields of forms, and cells beside a name.
    static let fields = WordList("姓名 签名 签字 男 女")
    /// Before a class: the sentence is an example or an exercise.
    static let suppositions = WordList("如果 假如 例如 比如 如有 如发现 一旦 若 假设 假定 模拟 演练 扮演 举例 示例 推演 如：")

    /// Of rules for whoever falls ill: no class in particular has anybody.
    static let orders = WordList("立即 应当 必须")

    static let surnames = Set(surnameText.unicodeScalars)
    private static let surnameText =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕裴霍涂苗谷盛曲翁冉骆蓝路辛靳鲍华喻祁蒲滕屈饶牟艾阳穆卓缪连芦麦娄窦戚岑景费卜晏席柏宗瞿桂闵苟边卞姬栾隋刁沙荣巫寇桑甄丛仲虞敖佘池查苑迟邝晋骞贝闫逯封储茅岳湛符"
    static let longSurnames = WordList("欧阳 司马 上官 诸葛 夏侯 皇甫 慕容 司徒 令狐 端木")
    /// Characters that no given name has: the word before was no surname.
    static let notInNames: Set<Unicode.Scalar> = Set(
        "的了是在和与及或等应须要可能会不有无为因从到被将把请让使各每本该此其他以所都就也还又再并且但而若如同学级班组年月日时分天次名个位例人家校师生体温热烧度全部防控检查报告何课病症状者式向往长处员任规见上下来去做好后前内外中里开发放返疫情健康日常办园区镇县省市村院所站室门楼间方面便法案管理血压胞季期水奶查"
            .unicodeScalars)

    /// For each character of the common block, by its number from U+4E00 on: in the low byte what it is a sign of by itself, in the
    /// high byte which of `longWordPlaces` are those that begin with it, from 1 on.
    static let table: [UInt16] = {
        var table = [UInt16](repeating: 0, count: 0x5200)
        func mark(_ characters: some Sequence<Unicode.Scalar>, _ sign: Signs) {
            for character in characters { table[Int(character.value) - 0x4E00] |= UInt16(sign.rawValue) }
        }
        mark("班某岁".unicodeScalars, .person)
        mark(surnames, .person)
        mark("住址".unicodeScalars, .address)
        mark("姓男女".unicodeScalars, .name)
        for (index, places) in longWordPlaces.enumerated() {
            table[Int(sortedWords[places.lowerBound].characters[0].value) - 0x4E00] |= UInt16(index + 1) << 8
        }
        return table
    }()

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

    private static let sortedWords: [(characters: [Unicode.Scalar], sign: Signs)] = {
        let lists: [(WordList, Signs)] = [
            (illnesses, .illness), (persons, .person), (relatives, .person), (addresses, .address), (births, .birth),
            (dormitories, .dormitory), (names, .name),
        ]
        return lists.flatMap { list, sign in list.words.map { (characters: $0, sign: sign) } }
            .sorted { $0.characters[0] < $1.characters[0] }
    }()
}

/// Some words, found by their first character.
struct WordList: Sendable {
    let words: [[Unicode.Scalar]]
    private let byLead: [Unicode.Scalar: [[Unicode.Scalar]]]
    /// Whether a character begins a word, by its lowest bits: a quick no for most.
    private let leads: [Bool]

    /// - Parameter text: The words, with blanks between them.
    init(_ text: String) {
        words = text.split(separator: " ").map { Array($0.unicodeScalars) }
        byLead = Dictionary(grouping: words) { $0[0] }
        var leads = [Bool](repeating: false, count: 1024)
        for word in words { leads[Int(word[0].value & 1023)] = true }
        self.leads = leads
    }

    /// The first word that begins at a place.
    func word(in characters: [Unicode.Scalar], at index: Int) -> [Unicode.Scalar]? {
        guard characters.indices.contains(index), leads[Int(characters[index].value & 1023)] else { return nil }
        return byLead[characters[index]]?.first { word in
            index + word.count <= characters.count
                && word.indices.allSatisfy { characters[index + $0] == word[$0] }
        }
    }
}
