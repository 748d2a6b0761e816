// swift-tools-version: 6.2
import PackageDescription

// `make fuzz` builds one more program, whose main function is the fuzzer's (Tests/Fuzz), and watches every branch and byte.
let isFuzzed = Context.environment["NOTICEBOARD_FUZZ"] != nil
let watched = isFuzzed ? ["-sanitize=fuzzer,address"] : []

// Every warning of ours is an error.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)] + (isFuzzed ? [.unsafeFlags(watched)] : [])
let fuzzing: [Target] =
    !isFuzzed
    ? []
    : [
        .executableTarget(
            name: "fuzz", dependencies: ["CZlib", "Formats", "Noticeboard"], path: "Tests/Fuzz/Targets",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])], linkerSettings: [.unsafeFlags(watched)])
    ]

// One target per floor of the house; dependencies point down only (see ARCHITECTURE.md).
// Build with `--explicit-target-dependency-import-check error`, as the Makefile does.
let package = Package(
    name: "noticeboard",
    products: [.executable(name: "noticeboard", targets: ["noticeboard"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        .systemLibrary(name: "CCmark", providers: [.apt(["libcmark-dev"])]),
        .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CBrotli", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CArena"),
        .target(name: "CQREncode"),
        .target(name: "CZip"),
        .target(
            name: "Formats",
            dependencies: ["CArena", "CBrotli", "CCmark", "CExpat", "CQREncode", "CYAML", "CZip", "CZlib"],
            swiftSettings: strict,
            // Linked statically, because every library that is loaded costs start-up.
            linkerSettings: [
                .linkedLibrary(":libcmark.a"), .linkedLibrary(":libyaml.a"), .linkedLibrary(":libexpat.a"),
                .linkedLibrary(":libz.a"), .linkedLibrary(":libbrotlienc.a"),
                .linkedLibrary(":libbrotlicommon.a"),
            ]),
        .target(
            name: "Privacy", dependencies: ["Formats"], exclude: ["Words"], swiftSettings: strict,
            plugins: ["EmbedTemplates"]),
        .target(name: "Statistics", dependencies: ["Formats", "Privacy"], swiftSettings: strict),
        .target(name: "Templates", plugins: ["EmbedTemplates"]),
        .target(
            name: "Noticeboard",
            dependencies: ["Formats", "Privacy", "Statistics", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict),
        .target(
            name: "NoticeboardCommand",
            dependencies: [
                "CLinux", "Formats", "Noticeboard", "Statistics", "Templates",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "noticeboard", dependencies: ["NoticeboardCommand"], swiftSettings: strict),
        .executableTarget(
            name: "statistics-benchmark", dependencies: ["Formats", "Statistics"], path: "Benchmarks/Statistics"),
        .executableTarget(name: "phrases-benchmark", dependencies: ["Privacy"], path: "Benchmarks/Phrases"),
        .executableTarget(
            name: "grow-ledger", dependencies: ["Formats", "Noticeboard", "Statistics"], path: "Tests/Decade/GrowLedger"
        ),
        .executableTarget(name: "embed-templates", path: "Plugins/embed-templates"),
        .plugin(
            name: "EmbedTemplates", capability: .buildTool(), dependencies: ["embed-templates"]),
        .testTarget(name: "FormatsTests", dependencies: ["Formats"]),
        .testTarget(name: "StatisticsTests", dependencies: ["Formats", "Privacy", "Statistics"], exclude: ["Former"]),
        .testTarget(
            name: "NoticeboardTests",
            dependencies: ["Formats", "Noticeboard", "NoticeboardCommand", "Privacy", "Statistics", "Templates"],
            exclude: ["Phrases"]),
    ] + fuzzing,
    swiftLanguageModes: [.v6]
)
