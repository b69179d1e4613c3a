using System.CommandLine;
using Fpe;
using Fpe.Benchmarks;
using Fpe.Benchmarks.Accuracy;

// What is missing or wrong stands on the error stream, in one line.
const int Error = 2;

var command = new RootCommand("Speed of Fpe, as ratios measured in one run; docs/performance.md says what they mean.")
{
    BenchmarkCommand.Create("kernels", "Kernels and steps over the dense parent's, and as fractions of the peak", KernelsBenchmark.Run),
    BenchmarkCommand.Create("compare", "Layer steps against PyTorch, and products against OpenBLAS", CompareBenchmark.Run),
    BenchmarkCommand.Create("epoch", "An epoch of FashionMNIST against PyTorch, data feed included", EpochBenchmark.Run),
    BenchmarkCommand.Create("filters", "Expanded convolutions over their dense parents", FiltersBenchmark.Run),
    BenchmarkCommand.Create("images", "Convolutions and pooling against PyTorch", ImagesBenchmark.Run),
    BenchmarkCommand.Create("pointwise", "Norms, activations, additions and means against PyTorch", PointwiseBenchmark.Run),
    BenchmarkCommand.Create("sequences", "Embedding bags and self-attention against PyTorch", SequencesBenchmark.Run),
    BenchmarkCommand.Create("predict", "Latency of one sample over the dense parent's", PredictBenchmark.Run),
    BenchmarkCommand.Create("threads", "Layer steps on two threads against one", ThreadsBenchmark.Run),
    BenchmarkCommand.Create("learning", "Runs that learn their edges over runs that do not", LearningBenchmark.Run),
    BenchmarkCommand.Create("tokens", "Tokenizers, and batches of tokens", TokensBenchmark.Run),
    BenchmarkCommand.Create("generator", "Time of the source generator", GeneratorTable.Run),
    BalancedBlocksCommand.Create(),
};

try
{
    ParseResult parsed = command.Parse(args);
    if (parsed.Errors.Count > 0)
        throw new BenchmarkException($"{parsed.Errors[0].Message} See --help.");
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (FpeException error)
{
    Console.Error.WriteLine(error.Message);
    return Error;
}
