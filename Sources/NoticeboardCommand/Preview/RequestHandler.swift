import NIOCore
import NIOHTTP1

/// Reads the requests of one connection: nothing but GET and HEAD, from this machine's own pages, without a body.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let server: PreviewServer
    private var refusal: HTTPResponseStatus?
    private var request: PreviewRequest?

    /// Longer addresses and headers are nobody's.
    private static let limit = 8192

    init(server: PreviewServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head)
        case .body: refusal = refusal ?? .payloadTooLarge
        case .end: end(context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func begin(_ head: HTTPRequestHead) {
        request = nil
        refusal = nil
        let size = head.headers.reduce(head.uri.utf8.count) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        if ![.GET, .HEAD].contains(head.method) {
            refusal = .methodNotAllowed
        } else if size > RequestHandler.limit {
            refusal = .requestHeaderFieldsTooLarge
        } else if !server.isOwn(host: head.headers.first(name: "host")) {
            refusal = .misdirectedRequest
        } else if let read = PreviewRequest(head) {
            request = read
        } else {
            refusal = .badRequest
        }
    }

    private func end(_ channel: any Channel) {
        guard refusal == nil, let request else {
            let status = refusal ?? .badRequest
            let response = Preview.Response(
                status: Int(status.code), type: "text/plain; charset=utf-8",
                bytes: Array("\(status.reasonPhrase)\n".utf8))
            return RequestHandler.write(response, isHead: false, keepsAlive: false, on: channel)
        }
        server.answer(request, on: channel)
    }
}

/// What is written to a connection; on its event loop.
extension RequestHandler {
    static func write(_ response: Preview.Response, isHead: Bool, keepsAlive: Bool, on channel: any Channel) {
        var headers = common
        headers.add(name: "Content-Type", value: response.type)
        headers.add(name: "Content-Length", value: "\(response.bytes.count)")
        if let location = response.location { headers.add(name: "Location", value: location) }
        if let cookie = response.cookie { headers.add(name: "Set-Cookie", value: cookie) }
        if !keepsAlive { headers.add(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: response.status)
        channel.write(
            HTTPServerResponsePart.head(.init(version: .http1_1, status: status, headers: headers)), promise: nil)
        if !isHead {
            channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: response.bytes))), promise: nil)
        }
        let done = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !keepsAlive { done.whenComplete { _ in channel.close(promise: nil) } }
    }

    static func openEvents(on channel: any Channel) {
        var headers = common
        headers.add(name: "Content-Type", value: "text/event-stream")
        channel.write(
            HTTPServerResponsePart.head(.init(version: .http1_1, status: .ok, headers: headers)), promise: nil)
        // A browser that lost the server asks again soon.
        send("retry: 500\n\n", on: channel)
    }

    static func send(_ text: String, on channel: any Channel) {
        channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
    }

    private static var common: HTTPHeaders {
        [
            "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
        ]
    }
}
