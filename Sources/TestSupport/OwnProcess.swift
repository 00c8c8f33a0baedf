package import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Trait where Self == ConditionTrait {
  /// For tests that run in a process of their own (exit tests). `scripts/test` runs them by themselves, one after
  /// another: beside other tests whose children end at the same time, the wait for theirs can last for ever.
  package static var ownProcess: Self {
    .enabled(if: getenv("LLMBENCH_EXIT_TESTS") != nil, "scripts/test runs it by itself")
  }
}
