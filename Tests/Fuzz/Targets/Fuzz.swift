import Glibc

/// Runs libFuzzer on the parser that its first argument names; the others are libFuzzer's own
/// (https://llvm.org/docs/LibFuzzer.html).
@main struct Fuzz {
    static func main() {
        guard let target = Target.all.first(where: { $0.name == CommandLine.arguments.dropFirst().first }) else {
            print(Target.all.map(\.name).joined(separator: "\n"))
            return
        }
        chosen = target
        var arguments: [UnsafeMutablePointer<CChar>?] =
            ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
        var count = CInt(arguments.count - 1)
        arguments.withUnsafeMutableBufferPointer { buffer in
            var start = buffer.baseAddress
            exit(runDriver(&count, &start, parse))
        }
    }
}

/// Set before the fuzzer starts, and never again.
nonisolated(unsafe) private var chosen = Target.all[0]

private func parse(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosen.parse(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ parse: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
