import Formats
import Testing

@testable import Noticeboard

/// What must not be published of persons, and what only reads like it.
@Suite struct PersonalPhraseTests {
    static let personal = [
        // A case of illness in one class.
        "三（2）班一名学生发热", "三(2)班有1名同学发烧，已回家休息", "五年级3班2例水痘", "初一（4）班有3名同学呕吐", "三2班一名学生咳嗽",
        "七（1）班新增手足口病例1例", "一年级（3）班两名学生确诊流感", "高一1班一名男生感染诺如病毒，已隔离", "今天六（2）班5人腹泻。",
        "四（１）班学生出现皮疹，请家长留意", "八（3）班一位同学被诊断为肺结核", "九（2）班1人核酸阳性", "五（4）班孩子得水痘停课", "二（1）班3个孩子手足口病停课一周",
        "**三（2）班**一名学生发热", "各位家长：三（2）班今天有学生发烧，请注意", "三（2）班班主任报告一名学生呕吐", "校医室报告：水痘2例，均为四（2）班学生",
        "流感确诊3人，其中六（1）班2人", "五年级2班有同学住院",
        // A person's illness.
        "学生王小明发热", "王小明同学发烧，在家隔离", "三（2）班李晓红确诊水痘", "患者张伟，男，9岁，发热两天", "密接者刘洋已隔离观察", "三（1）班陈某发热",
        "李某某同学确诊流感", "王×同学感染诺如", "老师赵敏确诊新冠", "张小明的家长称孩子呕吐", "欧阳锋同学水痘住院", "教师周杰因发热请假", "住校生孙丽昨晚腹泻",
        "病例：郑爽，女，三年级", "学生吴磊从外地返回后发热", "幼儿马超手足口病", "男生徐亮今天出疹", "黄明家长反映孩子咳嗽，已住院",
        // Names, addresses, dates of birth, rooms.
        "姓名：王小明", "姓名:李晓红 性别:女", "学生姓名：欧阳娜娜", "家住青石村3组12号", "家住青石镇文化路8号", "现住阳光小区2栋501室", "家庭住址：青石镇幸福路18号",
        "住址：青石村五组", "该生家住柳树湾村", "暂住河边巷6号", "户籍地：河东县青石镇石桥村", "住在向阳小区7幢",
        "2015年3月8日出生", "出生日期：2015-03-08", "出生年月:2014年11月", "生于2013年5月", "生日是2016年1月2日", "王小明，2015年3月生", "出生日期 20150308",
        "3号宿舍楼205室", "男生宿舍305", "女生宿舍412房", "205宿舍今天消毒", "住在2号公寓601", "寝室308发现异常", "女寝214", "学生宿舍A栋503室", "412寝室",
    ]

    static let harmless = [
        "发热学生不到校", "三（2）班完成消毒", "学生发热时，班主任立即报告校医室", "同班出现3例以上相似症状，当天报告", "一（1）班42名学生全部完成流感疫苗接种",
        "三（2）班本周无发热学生", "三（2）班发热0人", "各班每天统计发热学生人数", "如三（2）班有学生发热，由班主任报告", "演练：三（2）班一名学生“发热”，由班主任送到隔离室",
        "例如五年级3班2例水痘，应在当天报告", "七（1）班进行手足口病预防知识讲座", "三（2）班在教室召开流感防控主题班会", "二（3）班晨检未发现发热学生", "班主任负责发热学生的登记",
        "五（1）班教室开窗通风三次", "六年级各班交齐健康档案", "三（2）班家长会改到下周", "没有发热、咳嗽的学生正常上学", "发热门诊在青石镇卫生院一楼",
        "学生高热不退应立即就医", "患者应当佩戴口罩", "同学之间保持距离，防止流感传播", "学生常见的发热原因有三种", "任何学生发热都要报告", "老师发热也要请假", "教师张贴流感防控海报",
        "学生安全第一，发热不到校", "全体同学每天测体温，发热报告", "高年级同学协助低年级同学，发热者不参加", "学生因病缺课要登记，流感流行季加强监测", "学生和家长都要知道流感的症状",
        "学生居家隔离期间由班主任联系", "隔离室设在一楼东侧", "王校长检查消毒工作", "联系人：李老师，电话0000-5550101", "小明同学的故事告诉我们要洗手",
        "姓名：", "姓名、班级、体温由班主任填写", "在表上写清姓名和班级", "登记姓名：班主任填写", "学生姓名：________",
        "登记家庭住址", "家庭住址和电话不公开", "学校地址：青石镇文化路1号", "家住外地的学生提前报告", "住在学校的学生由宿管员测温", "家住疫情发生地区的师生暂缓返校", "现住地有变化要报告",
        "2020年8月31日前出生的儿童可以报名", "2019年9月1日至2020年8月31日出生的适龄儿童", "出生医学证明复印件", "填写出生日期", "凡2014年12月31日以后出生的学生", "生日会改在户外",
        "宿舍每天消毒2次，每次30分钟", "宿舍楼3栋，120间房间", "宿舍22:30熄灯", "宿舍用500mg/L消毒液", "宿舍2026年全部安装空调", "302教室改作隔离观察室", "男生宿舍由总务处管理",
        "宿舍共300人", "公寓楼2号门关闭",
        "文号〔2026〕24号", "GB 15982-2012", "GB/T 9704—2012", "值班电话0000-5550108", "2026年11月23日起执行", "应到1024人，实到1001人",
        "每班45人，全校24个班",
    ]

    @Test func personalOnesAreFound() {
        let missed = PersonalPhraseTests.personal.filter { PersonalPhrases.find(in: Array($0.utf8)).isEmpty }
        #expect(PersonalPhraseTests.personal.count >= 60)
        #expect(missed == [])
    }

    @Test func harmlessOnesAreNot() {
        let alarms = PersonalPhraseTests.harmless.filter { text in
            let source = SourceFile(path: "a.md", text: text)
            return !PersonalPhrases.find(in: source.bytes).isEmpty
                || !PersonalData.unknownSite.errors(in: source).isEmpty
        }
        #expect(PersonalPhraseTests.harmless.count >= 60)
        #expect(alarms.count <= 2, "\(alarms)")
    }

    /// A sentence is judged by itself: what stands in another one neither hides nor makes a phrase.
    @Test func sentencesAreJudgedOneByOne() {
        for personal in PersonalPhraseTests.personal.prefix(20) {
            let text = "如果有情况，及时报告。\n\(personal)。\n三（2）班，完成消毒。"
            #expect(PersonalPhrases.find(in: Array(text.utf8)).count >= 1, "\(personal)")
        }
        #expect(PersonalPhrases.find(in: Array("三（2）班完成消毒。学生发热不到校。".utf8)) == [])
    }

    /// Any bytes are looked through without harm.
    @Test func anyBytes() {
        var random = SplitMix(state: 7)
        let pieces = PersonalPhraseTests.personal.joined().utf8.map { $0 }
        for _ in 0..<2000 {
            let start = Int.random(in: 0..<pieces.count - 40, using: &random)
            var bytes = Array(pieces[start..<start + Int.random(in: 1...40, using: &random)])
            if Bool.random(using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            for found in PersonalPhrases.find(in: bytes) { #expect(found.sentence.contains(found.place)) }
        }
    }
}
