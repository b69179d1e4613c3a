using System.CommandLine;
using Fpe;
using Fpe.Benchmarks;
using Fpe.Onnx.Benchmarks;

const int Error = 2;

var folder = new Option<string?>("--sections") { Description = "Folder with x.npy and y.npy of the sections data; without it, that network is left out", HelpName = "folder" };
Option<bool> quick = BenchmarkCommand.QuickOption();
Command deploy = BenchmarkCommand.Create(
    "deploy", "Trained networks where they are deployed: bytes, accuracy, and the time of a prediction", parsed => DeployBenchmark.Run(parsed.GetValue(quick), parsed.GetValue(folder)));
deploy.Add(quick);
deploy.Add(folder);

var command = new RootCommand("Exported files beside the library itself, as ratios measured in one run.")
{
    BenchmarkCommand.Create("forms", "Exported files of expanded networks over those of their dense parents, in ONNX Runtime", FormsBenchmark.Run),
    deploy,
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
