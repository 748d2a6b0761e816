import Dispatch

/// Applies a pure function to every item, on up to `jobs` threads; results keep the items' order.
public func parallelMap<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, _ transform: @Sendable (Item) -> Result
) -> [Result] {
    guard jobs > 1, items.count > 1 else { return items.map(transform) }
    let chunkCount = min(jobs * 4, items.count)
    return [Result](unsafeUninitializedCapacity: items.count) { buffer, initialized in
        nonisolated(unsafe) let results = buffer
        DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
            let range = chunk * items.count / chunkCount..<(chunk + 1) * items.count / chunkCount
            for index in range { results.initializeElement(at: index, to: transform(items[index])) }
        }
        initialized = items.count
    }
}
