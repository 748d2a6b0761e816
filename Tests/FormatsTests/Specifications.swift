import Foundation
import Testing

@testable import Formats

/// Others' test data, read where it lies: `NOTICEBOARD_SPECS`, or `../shared/specs` beside the checkout.
enum Specifications {
    static let folder: URL? = {
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["NOTICEBOARD_SPECS"].map { URL(fileURLWithPath: $0) }
        let folder = named ?? checkout.deletingLastPathComponent().appending(path: "shared/specs")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static func load<T: Decodable>(_ name: String, as type: T.Type = T.self) throws -> T {
        let folder = try #require(folder)
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }

    /// Says in the test output how much was proven.
    static func report(_ name: String, passed: Int, of count: Int) {
        print("specification \(name): \(passed) of \(count) examples passed")
    }
}

struct MarkdownExample: Decodable {
    let example: Int
    let section: String
    let markdown: String
    let html: String
}
