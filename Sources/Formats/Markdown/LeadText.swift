/// The words of a text that say what it is about: what lists, feeds and messages show of it where nobody wrote a summary.
///
/// Neither a salutation nor what announces the rest (现通知如下：) says anything, a picture's description and what a web page
/// has around its text as little. Then the next paragraph does, or the first item of the list that follows.
struct LeadText {
    /// Whether nothing was found yet that says something.
    private(set) var isOpen = true
    private var best = ""

    /// What was found; else the first words that there were.
    var text: String { best }

    /// - Parameter words: A paragraph's text, without the descriptions of its pictures.
    mutating func take(_ words: String) {
        let own = words.trimmed
        if own.isEmpty { return }
        if LeadText.saysSomething(own) {
            (best, isOpen) = (LeadText.withoutSalutation(own), false)
        } else if best.isEmpty {
            best = own
        }
    }

    mutating func take(item words: String) {
        guard !words.isEmpty else { return }
        (best, isOpen) = (words, false)
    }
}

extension LeadText {
    private static func saysSomething(_ words: String) -> Bool {
        let last = words.last
        if last == "：" || last == ":" { return false }
        return !isFurniture(words)
    }

    /// 当前位置：首页 > 通知, 发布时间：2026-11-16 浏览次数：12, 字号：大 中 小, 分享到：微信.
    private static func isFurniture(_ words: String) -> Bool {
        if words.contains("。") { return false }
        let starts = [
            "当前位置", "您的位置", "首页", "字号", "字体", "分享到", "分享：", "打印", "上一篇", "下一篇", "责任编辑", "来源：", "作者：", "发布时间", "发布日期",
            "浏览次数", "点击", "阅读量",
        ]
        let within = ["浏览次数", "点击数", "点击率", "阅读量", "阅读次数", "字号：", "【打印】", "【关闭】", "来源：", "发布时间："]
        return starts.contains(where: words.hasPrefix) || within.count(where: words.contains) > 0 && words.count < 60
    }

    /// 各位家长：因寒潮…… in one paragraph.
    private static func withoutSalutation(_ words: String) -> String {
        guard let first = words.first, "尊各全亲".contains(first),
            let match = words.prefixMatch(of: /(?:尊敬的|各位|各|全体|亲爱的)[^：:。，,]{1,20}[：:]\s*/)
        else { return words }
        let rest = words[match.range.upperBound...]
        return rest.isEmpty ? words : String(rest)
    }
}
