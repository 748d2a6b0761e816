public func main() async {}
