import Dispatch
import Synchronization

/// Applies a pure function to every item, on up to `jobs` threads; results keep the items' order. Of several errors the one
/// of the first item is thrown.
public func parallelMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ transform: @Sendable (Item) throws -> Result
) throws -> [Result] {
    guard jobs > 1, items.count > 1 else { return try items.map(transform) }
    let results = parallelChunks(items.count, jobs: jobs) { range in
        Swift.Result { try range.map { try transform(items[$0]) } }
    }
    return try results.flatMap { try $0.get() }
}

/// Applies a function to every item, as above, where nothing can go wrong.
public func parallelMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ transform: @Sendable (Item) -> Result
) -> [Result] {
    guard jobs > 1, items.count > 1 else { return items.map(transform) }
    return parallelChunks(items.count, jobs: jobs) { range in range.map { transform(items[$0]) } }.flatMap { $0 }
}

/// Cuts `0..<count` into pieces and works on them on up to `jobs` threads; results in the order of the pieces.
public func parallelChunks<Result: Sendable>(
    _ count: Int, jobs: Int, size: Int? = nil, _ work: @Sendable (Range<Int>) -> Result
) -> [Result] {
    if count == 0 { return [] }
    let chunkCount = jobs == 1 ? 1 : size.map { max(1, (count + $0 - 1) / $0) } ?? min(jobs * 4, count)
    return [Result](unsafeUninitializedCapacity: chunkCount) { buffer, initialized in
        nonisolated(unsafe) let results = buffer
        @Sendable func run(_ chunk: Int) {
            let range = chunk * count / chunkCount..<(chunk + 1) * count / chunkCount
            results.initializeElement(at: chunk, to: work(range))
        }
        if jobs > 1, chunkCount > 1 {
            DispatchQueue.concurrentPerform(iterations: chunkCount, execute: run)
        } else {
            (0..<chunkCount).forEach(run)
        }
        initialized = chunkCount
    }
}

/// Something that is made when it is first asked for, or before that on a thread of its own.
public final class Later<Value: Sendable>: Sendable {
    private let made: Mutex<Value?>
    private let make: @Sendable () -> Value

    public init(_ make: @escaping @Sendable () -> Value) {
        made = Mutex(nil)
        self.make = make
    }

    /// Something that is there.
    public init(value: Value) {
        made = Mutex(value)
        make = { value }
    }

    /// Begins to make it.
    public func begin() { DispatchQueue.global().async { _ = self.value } }

    public var value: Value {
        made.withLock { made in
            let value = made ?? make()
            made = value
            return value
        }
    }
}

/// Does two things at the same time where there is more than one thread; the first one's error is thrown before the second's.
public func concurrently<A: Sendable, B: Sendable>(
    jobs: Int, _ first: () throws -> A, _ second: @escaping @Sendable () throws -> B
) throws -> (A, B) {
    guard jobs > 1 else { return (try first(), try second()) }
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var other: Result<B, any Error>?
    DispatchQueue.global().async {
        other = Result { try second() }
        done.signal()
    }
    let own = Result { try first() }
    done.wait()
    return (try own.get(), try other!.get())
}
