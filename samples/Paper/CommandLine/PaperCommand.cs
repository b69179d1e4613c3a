using System.CommandLine;
using Fpe.Cli;
using Fpe.Cli.Clusters;
using Fpe.Cli.Results;
using Samples.Paper.Experiments;

namespace Samples.Paper.CommandLine;

/// <summary>The command line: one command per experiment, one for all of them, and one that shows results.</summary>
internal sealed class PaperCommand
{
    private const string DefaultResultsFile = "artifacts/paper/results.jsonl";
    private const string DefaultResultsFolder = "artifacts/paper/results";

    private readonly Option<int?> seeds = IntegerOption.CreateOptional("--seeds", "Number of seeds, from 0", 1);
    private readonly Option<IReadOnlyList<int>?> widths = IntegerListOption.Create("--widths", "Neurons of the hidden layer, or of each, in the dense parent", 1);
    private readonly Option<IReadOnlyList<int>?> factors = IntegerListOption.Create("--factors", "Children per neuron", 2);
    private readonly Option<IReadOnlyList<Strategy>?> strategies = StrategyListOption.Create();
    private readonly Option<int?> epochs = IntegerOption.CreateOptional("--epochs", "Epochs of every run, dense or expanded", 1);
    private readonly Option<IReadOnlyList<int>?> expandAfter =
        IntegerListOption.Create("--expand-after", "Epochs for which the dense parent is trained before it is expanded", 0);
    private readonly Option<IReadOnlyList<int>?> clauses = IntegerListOption.Create("--clauses", "Clauses of the Boolean formula", 1);
    private readonly Option<IReadOnlyList<int>?> literals = IntegerListOption.Create("--literals", "Literals of each clause", 1);
    private readonly Option<string?> data = new("--data")
    {
        Description = "Folder of FashionMNIST, where it is not where Debian puts it; or, for embeddings and sections, a .npz file with the arrays 'features' and 'labels', or a .npy file of features",
        HelpName = "path",
    };

    private readonly Option<string?> labels = new("--labels")
    {
        Description = "For embeddings in a .npy file, also those of sections, the .npy file of their labels",
        HelpName = "file",
    };

    private readonly Option<int> threads = IntegerOption.Create("--threads", "Runs at a time; results do not depend on it", 1, Environment.ProcessorCount, IntegerOption.MaximumThreads);
    private readonly Option<string?> results = new(ResultsOption.Name)
    {
        Description = $"File or folder where results are kept: what is there already is not run again [default: {DefaultResultsFile}, with {SweepOptions.ShardName} {DefaultResultsFolder}]",
        HelpName = "path",
    };

    private readonly SweepOptions sweep = new();

    private readonly Option<string?> report = new("--report") { Description = "Write a report to look at to this HTML file", HelpName = "file" };
    private readonly Option<bool> quick = new("--quick") { Description = "A first look, in a minute or a few: little data, few epochs" };
    private readonly Option<bool> full = new("--full") { Description = "Everything: all widths, factors, strategies and controls; hours" };

    /// <summary>Creates the commands.</summary>
    /// <param name="run">Runs experiments with the options given, and returns the exit code.</param>
    /// <param name="show">Shows the results in a file or folder, and returns the exit code.</param>
    /// <param name="merge">Merges the results in a folder into a file, shows them, and returns the exit code.</param>
    public RootCommand Create(
        Func<IReadOnlyList<Experiment>, PaperOptions, int> run, Func<string, string?, int> show, Func<string, string, string?, int> merge)
    {
        var root = new RootCommand("The experiments of \"Expand Neurons, Not Parameters\" (arXiv 2510.04500), with controls, seeds and error bars.");
        foreach (Experiment experiment in ExperimentList.All)
            root.Add(CreateRun(experiment.Name, experiment.Description, [experiment], run));
        root.Add(CreateRun("all", "All experiments", ExperimentList.All, run));

        var tables = new Command("tables", "Print the tables of a file or folder of results as Markdown") { results, report };
        tables.SetAction(parsed => show(parsed.GetValue(results) ?? DefaultResultsFile, parsed.GetValue(report)));
        root.Add(tables);

        var into = new Option<string>("--into") { Description = "Write all results to this file, which can be used as --results", HelpName = "file", Required = true };
        var merged = new Command("merge", "Merge the results of all workers into one file, and print its tables as Markdown") { results, into, report };
        merged.SetAction(parsed => merge(parsed.GetValue(results) ?? DefaultResultsFolder, parsed.GetRequiredValue(into), parsed.GetValue(report)));
        root.Add(merged);
        return root;
    }

    private Command CreateRun(
        string name, string description, IReadOnlyList<Experiment> experiments, Func<IReadOnlyList<Experiment>, PaperOptions, int> run)
    {
        var command = new Command(name, description) { seeds, widths, factors, strategies, epochs, expandAfter };
        if (experiments.Any(experiment => experiment.HasClauses))
        {
            command.Add(clauses);
            command.Add(literals);
        }

        if (experiments.Any(experiment => experiment.ReadsData))
            command.Add(data);
        if (experiments.Any(experiment => experiment.ReadsEmbeddings))
            command.Add(labels);
        foreach (Option option in (Option[])[quick, full, threads, results, report])
            command.Add(option);
        sweep.AddTo(command);
        command.SetAction(parsed => run(experiments, Read(parsed, command)));
        return command;
    }

    private static void CheckData(Request request, Command command, bool takesFile)
    {
        if (request.DataFile is { } file && !takesFile)
            throw new ExperimentException($"--data {file} is a file, but {command.Name} reads FashionMNIST from a folder.");
        if (takesFile && request is { DataFile: null, Labels: { } labelsFile })
            throw new ExperimentException($"--labels {labelsFile} needs the file of the embeddings: --data FILE.");
    }

    private PaperOptions Read(ParseResult parsed, Command command)
    {
        if (parsed.GetValue(quick) && parsed.GetValue(full))
            throw new ExperimentException("--quick and --full exclude each other.");
        var request = new Request
        {
            Form = parsed.GetValue(quick) ? Form.Quick : parsed.GetValue(full) ? Form.Full : Form.Usual,
            Seeds = parsed.GetValue(seeds),
            Widths = parsed.GetValue(widths),
            Factors = parsed.GetValue(factors),
            Strategies = parsed.GetValue(strategies),
            Epochs = parsed.GetValue(epochs),
            ExpandAfter = parsed.GetValue(expandAfter),
            Clauses = command.Options.Contains(clauses) ? parsed.GetValue(clauses) : null,
            Literals = command.Options.Contains(literals) ? parsed.GetValue(literals) : null,
            Data = command.Options.Contains(data) ? parsed.GetValue(data) : null,
            EmbeddingsOf = command.Name == SectionsExperiment.CommandName ? command.Name : EmbeddingsExperiment.CommandName,
            Labels = command.Options.Contains(labels) ? parsed.GetValue(labels) : null,
        };
        CheckData(request, command, takesFile: command.Options.Contains(labels));
        SweepRequest part = sweep.Read(parsed);
        bool isDivided = part is not { Shard.IsWhole: true, Print: null };
        if (isDivided && parsed.GetValue(report) is not null)
            throw new ExperimentException("--report: a worker has only a part of the runs; remove it, and write the report with the command merge.");
        string path = parsed.GetValue(results) ?? (isDivided ? DefaultResultsFolder : DefaultResultsFile);
        return new PaperOptions(request, parsed.GetValue(threads), path, parsed.GetValue(report), part);
    }
}
