namespace Fpe.Benchmarks;

/// <summary>A benchmark cannot run here: something it needs is missing. The message is one line and says how to get it.</summary>
internal sealed class BenchmarkException(string message, Exception? innerException = null) : FpeException(message, innerException);
