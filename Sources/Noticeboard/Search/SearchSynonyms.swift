import Formats

/// What people type, and what schools write: asked for where nothing was found.
enum SearchSynonyms {
    private static let alike: KeyValuePairs<String, String> = [
        "发烧": "发热", "拉肚子": "腹泻", "拉稀": "腹泻", "闹肚子": "腹泻", "肚子疼": "腹痛", "肚子痛": "腹痛", "甲流": "流感", "乙流": "流感",
        "密接": "密切接触", "打疫苗": "接种", "预防针": "接种", "水豆": "水痘", "痄腮": "腮腺炎", "网课": "网上课堂", "体温表": "体温记录",
        "班主任电话": "联系电话", "学校电话": "联系电话", "开学时间": "开学", "放假时间": "放假", "吐了": "呕吐", "起疹子": "皮疹",
    ]

    static var json: String {
        jsonObject(alike.map { ($0.key, jsonString($0.value)) })
    }
}
