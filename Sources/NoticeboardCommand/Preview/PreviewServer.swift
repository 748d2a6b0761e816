import Dispatch
import NIOCore
import NIOHTTP1
import NIOPosix

/// Serves a preview on this machine only, and tells open pages when the site has changed (server-sent events).
final class PreviewServer: Sendable {
    /// All work on the preview is done here, one thing after the other.
    private let queue = DispatchQueue(label: "preview")
    private nonisolated(unsafe) let preview: Preview
    private nonisolated(unsafe) var listeners: [ObjectIdentifier: any Channel] = [:]
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private nonisolated(unsafe) var port = 0

    init(_ preview: Preview) { self.preview = preview }

    /// Listens on the loopback address; port 0 takes any that is free. Returns the port.
    func start(port: Int) throws -> Int {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(server: self))
                }
            }
        let channel = try bootstrap.bind(host: "127.0.0.1", port: port).wait()
        self.port = channel.localAddress?.port ?? port
        return self.port
    }

    /// Does something with the preview, and waits for it.
    func use<Result>(_ work: (Preview) -> Result) -> Result { queue.sync { work(preview) } }

    /// Tells all open pages that the site has changed.
    func announce() {
        queue.sync {
            for channel in listeners.values { RequestHandler.send("event: change\ndata: now\n\n", on: channel) }
        }
    }

    /// Whether a request is for this server: a page elsewhere that has our address under its own name is refused (DNS rebinding).
    func isOwn(host: String?) -> Bool {
        guard let host = host?.lowercased() else { return false }
        return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host == "\($0):\(port)" }
    }

    func answer(_ request: PreviewRequest, on channel: any Channel) {
        queue.async { [self] in
            if request.path == "\(PreviewFrame.folder)events" { return listen(channel) }
            let response = response(to: request)
            channel.eventLoop.execute {
                RequestHandler.write(response, isHead: request.isHead, keepsAlive: request.keepsAlive, on: channel)
            }
        }
    }
}

/// What a preview is asked for.
struct PreviewRequest: Sendable {
    /// Without the leading slash, decoded.
    let path: String
    /// The moment that is looked at.
    let now: String
    /// Whether the address itself says so; then it is remembered.
    let isNowGiven: Bool
    let isHead: Bool
    let keepsAlive: Bool
}

extension PreviewServer {
    private func response(to request: PreviewRequest) -> Preview.Response {
        if request.path == "\(PreviewFrame.folder)drafts.css" {
            return .init(type: "text/css; charset=utf-8", bytes: preview.draftStyle(now: request.now))
        }
        if request.path.hasPrefix(PreviewFrame.folder) {
            let name = String(request.path.dropFirst(PreviewFrame.folder.count))
            let asset = PreviewFrame.asset(name)
            return .init(status: asset == nil ? 404 : 200, type: contentType(name), bytes: asset ?? [])
        }
        var response = preview.response(to: request.path, now: request.now)
        if request.isNowGiven { response.cookie = "\(PreviewRequest.cookie)=\(request.now); Path=/; SameSite=Strict" }
        return response
    }

    private func listen(_ channel: any Channel) {
        listeners[ObjectIdentifier(channel)] = channel
        channel.closeFuture.whenComplete { [self] _ in
            queue.async { self.listeners[ObjectIdentifier(channel)] = nil }
        }
        channel.eventLoop.execute { RequestHandler.openEvents(on: channel) }
    }
}

extension PreviewRequest {
    static let cookie = "noticeboard-now"

    /// Reads the head of a request; nil for an address that is none, or a moment that is none.
    init?(_ head: HTTPRequestHead) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = percentDecoded(parts[0]), path.hasPrefix("/") else { return nil }
        self.path = String(path.dropFirst())
        isHead = head.method == .HEAD
        keepsAlive = head.isKeepAlive
        let fields = parts.count > 1 ? parts[1].split(separator: "&") : []
        let given = fields.first { $0.hasPrefix("now=") }.map { percentDecoded($0.dropFirst(4)) ?? "?" }
        let remembered = head.headers["cookie"].flatMap { $0.split(separator: ";") }.compactMap { cookie -> String? in
            let pair = cookie.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            return pair.count == 2 && pair[0] == PreviewRequest.cookie ? String(pair[1]) : nil
        }.first
        isNowGiven = given != nil
        now = given ?? remembered ?? ""
        let isPlain = now.unicodeScalars.allSatisfy { "0123456789-:.T+Z ".unicodeScalars.contains($0) }
        if !now.isEmpty, !isPlain || Clock.reading(now) == nil { return nil }
    }
}

/// Undoes percent-encoding (RFC 3986 §2.1); nil where the result is no UTF-8.
private func percentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "%") else { bytes.append(byte); continue }
        guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
            return nil
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
}
