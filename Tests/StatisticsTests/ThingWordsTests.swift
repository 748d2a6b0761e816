import Privacy
import Testing

/// What a column or a dataset may be called that is published exactly: things, and neither persons nor illness.
@Suite struct ThingWordsTests {
    @Test(arguments: [
        "发热", "发热人数", "腹泻", "呕吐", "咳嗽", "出疹", "水痘", "手足口病", "流感样", "诺如", "缺勤", "缺课", "未到", "实到", "应到", "请假", "病假", "事假",
        "旷课", "休学", "晚归",
        "隔离", "留观", "密接", "疑似", "确诊", "阳性", "治愈", "好转", "死亡", "就诊", "送医", "住院", "症状", "体温异常", "病例", "患者", "病人", "学生",
        "学生数", "男生", "女生", "教师",
        "教职工", "师生", "家长", "住校生", "走读生", "孩子", "幼儿", "员工", "食堂员工", "从业人员", "来访人员", "人次", "人数", "接种", "未种", "补种", "筛查",
        "排查", "心理辅导",
        "心理咨询", "约谈", "近视", "肥胖", "贫困", "留守", "单亲", "受伤", "烫伤", "晕倒", "怀孕", "三（2）班腹泻", "晨检异常", "退烧", "低烧", "同学", "新生",
        "名单", "fever", "absent",
        "sick_pupils", "case", "vaccinated", "students", "发⽣热病", "腹\u{200B}泻", "發熱",
    ])
    func persons(_ text: String) { #expect(ThingWords.wordOfPersons(in: text) != nil) }

    @Test(arguments: [
        "隔离间", "隔离室", "病床", "留观床", "学生宿舍", "学生用水", "学生食堂", "学生卫生间", "教师办公室", "教工宿舍", "教室", "消毒", "应消毒", "已消毒", "通风",
        "已通风", "卫生检查", "合格", "场所",
        "区域", "计划", "完成", "入库", "出库", "结存", "日均用量", "口罩", "体温枪", "消毒液", "洗手液", "疫苗冰箱", "急救箱", "应检", "已检", "检次", "年级",
        "班级", "留样", "余氯", "浊度",
        "冷库温度", "机器人", "校车", "垃圾清运", "防控物资", "培训场次", "演练场次", "宣传栏", "血压计", "体重秤", "病媒生物防治", "灭蚊灯", "饮水机", "人行道", "安全出口",
        "观察室", "disinfection",
        "hygiene-inspection", "ventilation", "stock", "canteen-training", "checks",
    ])
    func things(_ text: String) { #expect(ThingWords.wordOfPersons(in: text) == nil) }

    @Test func counted() {
        #expect(ThingWords.thing("rooms") == "rooms" && ThingWords.thing("间") == "rooms")
        #expect(ThingWords.thing("人") == nil && ThingWords.thing("pupils") == nil)
    }
}
