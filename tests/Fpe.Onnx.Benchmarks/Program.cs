using System.CommandLine;
using System.Globalization;
using Fpe;
using Fpe.Benchmarks;
using Fpe.Onnx.Benchmarks;

const int Error = 2;

var folder = new Option<string?>("--sections") { Description = "Folder with x.npy and y.npy of the sections data; without it, that network is left out", HelpName = "folder" };
var seeds = new Option<int>("--seeds") { Description = "Networks that accuracy is the mean of; all else is that of the first", HelpName = "number", DefaultValueFactory = _ => 3 };
seeds.Validators.Add(result =>
{
    if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0))
        result.AddError($"--seeds {token.Value}: a whole number is expected, 1 or more.");
});
Option<bool> quick = BenchmarkCommand.QuickOption();
Command deploy = BenchmarkCommand.Create(
    "deploy",
    "Trained networks where they are deployed: accuracy, bytes, memory, and the time of a prediction",
    parsed => DeployBenchmark.Run(parsed.GetValue(quick), parsed.GetValue(folder), parsed.GetValue(seeds), Console.Error));
deploy.Add(quick);
deploy.Add(seeds);
deploy.Add(folder);

var command = new RootCommand("Exported files beside the library itself, as ratios measured in one run.")
{
    BenchmarkCommand.Create("forms", "Exported files of expanded networks over those of their dense parents, in ONNX Runtime", FormsBenchmark.Run),
    deploy,
    TablesCommand.Create(),
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
