import Formats

/// A place where families and pupils meet a notice.
public enum Channel: String, CaseIterable, Sendable {
    /// The campus network: the notice's own page, which every published notice has.
    case site
    /// Bulletin boards: a page in the form of an official document, a poster, the weekly sheet.
    case board
    /// Electronic screens and LED strips.
    case screen
    /// The WeChat official account.
    case wechat
    /// WeChat groups of classes.
    case group
    case sms

    /// A channel by its name in site.yml or a notice, English or as people call it.
    init?(named name: String) {
        guard let channel = Channel.allCases.first(where: { $0.names.contains(name) }) else { return nil }
        self = channel
    }

    private var names: [String] {
        switch self {
        case .site: ["site", "网站", "校园网", "网页"]
        case .board: ["board", "宣传栏", "公告栏"]
        case .screen: ["screen", "电子屏", "屏幕", "大屏"]
        case .wechat: ["wechat", "微信公众号", "公众号", "微信"]
        case .group: ["group", "微信群", "群"]
        case .sms: ["sms", "短信"]
        }
    }

    /// An error for a name that is none of these.
    static func unknown(_ given: Reference, in source: SourceFile) -> Diagnostic {
        let near = NearMiss.suggestions(for: given.name, among: allCases.map(\.rawValue), limit: 1)
        let all = allCases.map { "\($0.rawValue)（\($0.words)）" }.joined(separator: "、")
        return source.error(
            "notice.channel", at: given.range, "没有“\(given.name)”这个渠道。", "There is no channel “\(given.name)”.",
            fix: near.first.map { .init("改为“\($0)”。", "Write “\($0)”.") }
                ?? .init("可写：\(all)。", "Write one of: \(allCases.map(\.rawValue).joined(separator: ", ")).")
        ).fixed(by: source.correcting(given.name, in: given.range, among: allCases.map(\.rawValue)))
    }

    var words: String {
        switch self {
        case .site: "网站"
        case .board: "宣传栏"
        case .screen: "电子屏"
        case .wechat: "微信公众号"
        case .group: "微信群"
        case .sms: "短信"
        }
    }
}

/// How a site uses its channels; see `content/site.yml`.
public struct ChannelSettings: Sendable {
    /// The channels that the school has. Without any but the site nothing is made for others.
    public var used: Set<Channel> = [.site]
    /// Channels by kind of notice, where they differ from `usual`.
    public var byKind: [String: [Channel]] = [:]
    /// The name in brackets before an SMS; it counts to its length.
    public var signature = ""
    /// More messages than this for one SMS text are warned of.
    public var messageParts = 2

    /// Where a notice goes that does not say so itself. What is important is shown on screens too, an emergency is also
    /// sent to everybody's telephone.
    func usual(kind: String, urgency: Notice.Urgency) -> Set<Channel> {
        var channels = byKind[kind].map(Set.init) ?? [.site, .board, .wechat, .group]
        if urgency != .normal { channels.insert(.screen) }
        if urgency == .emergency { channels.insert(.sms) }
        return channels
    }
}

/// A screen in the school that shows a page of its own, or an LED strip that shows one line.
public struct Screen: Sendable {
    public enum Form: Sendable {
        /// Pixels.
        case page(width: Int, height: Int)
        case strip
    }

    public let id: String
    public let name: String
    public let form: Form
    /// Seconds after midnight between which it shows notices; an emergency is shown at any hour.
    public let hours: Range<Int>?
}

extension Notice {
    /// Where a notice that holds goes: as it says, else as is usual for its kind; only to what the school has.
    func channels(_ settings: ChannelSettings) -> Set<Channel> {
        let given = Set(channels.compactMap { Channel(rawValue: $0) })
        let wanted = given.isEmpty ? settings.usual(kind: kind, urgency: urgency) : given
        return wanted.union([.site]).intersection(settings.used)
    }
}
