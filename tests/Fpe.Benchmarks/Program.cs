using System.CommandLine;
using Fpe;
using Fpe.Benchmarks;
using Fpe.Benchmarks.Accuracy;
using Fpe.Benchmarks.Peers;

// What is missing or wrong stands on the error stream, in one line.
const int Error = 2;

// Whether the width of vectors matters decides how often `all` runs it.
(Command Command, bool DependsOnWidth)[] benchmarks =
[
    (BenchmarkCommand.Create("kernels", "Kernels and steps over the dense parent's, and as fractions of the peak", KernelsBenchmark.Run), true),
    (BenchmarkCommand.Create("predict", "Latency of one sample over the dense parent's", PredictBenchmark.Run), true),
    (BenchmarkCommand.Create("serve", "One predictor on several threads at once", ServeBenchmark.Run), false),
    (BenchmarkCommand.Create("int8", "Networks of 8 bits over the same networks in single precision", Int8Benchmark.Run), true),
    (BenchmarkCommand.Create("filters", "Expanded convolutions over their dense parents", FiltersBenchmark.Run), true),
    (BenchmarkCommand.Create("threads", "Layer steps on two threads against one", ThreadsBenchmark.Run), true),
    (BenchmarkCommand.Create("ranks", "Network steps on two ranks against one process, two threads and two processes", RanksBenchmark.Run), false),
    (BenchmarkCommand.Create("scale", "Where more ranks stop paying, on paper, from times of one core", ScaleBenchmark.Run), false),
    (BenchmarkCommand.Create("compare", "Layer and network steps against PyTorch, and products against OpenBLAS", CompareBenchmark.Run), true),
    (BenchmarkCommand.Create("images", "Convolutions and pooling against PyTorch", ImagesBenchmark.Run), true),
    (BenchmarkCommand.Create("pointwise", "Norms, activations, additions and means against PyTorch", PointwiseBenchmark.Run), true),
    (BenchmarkCommand.Create("sequences", "Embedding bags and self-attention against PyTorch", SequencesBenchmark.Run), true),
    (BenchmarkCommand.Create("epoch", "An epoch of FashionMNIST against PyTorch, data feed included", EpochBenchmark.Run), true),
    (BenchmarkCommand.Create("learning", "Runs that learn their edges over runs that do not", LearningBenchmark.Run), false),
    (BenchmarkCommand.Create("tokens", "Tokenizers, and batches of tokens", TokensBenchmark.Run), false),
    (BenchmarkCommand.Create("generator", "Time of the source generator", GeneratorTable.Run), false),
];

var command = new RootCommand("Speed of Fpe, as ratios measured in one run; docs/performance.md says what they mean.")
{
    AllCommand.Create(benchmarks),
    TablesCommand.Create(),
    BalancedBlocksCommand.Create(),
    StepPeer.Create(),
    BenchmarkCommand.Create("csv", "A CSV file through Sep, Sylvan and CsvHelper", CsvBenchmark.Run),
    BenchmarkCommand.Create("accuracy-int8", "Test accuracy of networks in single precision, and of 8 bits", QuantizedAccuracy.Run),
};
foreach ((Command benchmark, _) in benchmarks)
    command.Add(benchmark);

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
