using System.CommandLine;
using Fpe.Cli.Clusters;
using Fpe.Cli.Models;
using Fpe.Cli.Results;

namespace Fpe.Cli.Commands;

/// <summary>The command line of a study: its options, their defaults and their parsing.</summary>
internal sealed class StudyCommand
{
    private readonly StudyDefinition study;
    private readonly Option<int> seeds;
    private readonly Option<int> epochs;
    private readonly Option<int> expandAfter;
    private readonly Dictionary<ModelTrait, Option<string?>> traits;
    private readonly Option<string?> device;
    private readonly Option<int> threads;
    private readonly Option<string?> json = new("--json") { Description = "Write the finished runs to this file as JSON", HelpName = "file" };
    private readonly Option<string?> csv = new("--csv") { Description = "Write the finished runs to this file as CSV", HelpName = "file" };
    private readonly Option<string?> checkpoint = new("--checkpoint") { Description = "Save every run to this folder after each epoch and when it is interrupted", HelpName = "folder" };
    private readonly Option<bool> resume = new("--resume") { Description = "Resume the runs in the --checkpoint folder; with more --epochs, also those that are finished" };
    private readonly Option<string?> results = new(ResultsOption.Name)
    {
        Description = "Keep results in this file, or a file in this folder, as soon as a run has finished: what is there already is not run again",
        HelpName = "path",
    };

    private readonly SweepOptions sweep = new();
    private readonly Option<bool> quiet = new("--quiet") { Description = "Print only errors" };

    public StudyCommand(StudyDefinition study)
    {
        this.study = study;
        seeds = IntegerOption.Create("--seeds", "Number of seeds, starting at 0: each trains the dense parent and the expanded model", 1, study.Seeds);
        epochs = IntegerOption.Create("--epochs", "Number of epochs of every run, dense or expanded", 1, study.Training.Epochs);
        expandAfter = IntegerOption.Create(
            "--expand-after", "Number of epochs for which the dense parent is trained before it is expanded", 0, study.Training.ExpandAfter ?? 0);
        threads = IntegerOption.Create("--threads", "Number of concurrent runs; it does not affect the results", 1, Environment.ProcessorCount, IntegerOption.MaximumThreads);
        device = DeviceOption(study);
        traits = ModelTrait.All.ToDictionary(trait => trait, TraitOption);
    }

    /// <summary>Creates the command.</summary>
    /// <param name="run">Runs the study with the specified options, and returns the exit code.</param>
    /// <param name="merge">Merges results, and returns the exit code.</param>
    public RootCommand Create(Func<StudyOptions, SweepRequest, int> run, Func<MergeOptions, int> merge)
    {
        var command = new RootCommand(study.Description) { seeds, epochs, expandAfter };
        foreach (ModelTrait trait in ModelTrait.All)
            command.Add(traits[trait]);
        command.Add(device);
        command.Add(threads);
        command.Add(json);
        command.Add(csv);
        command.Add(checkpoint);
        command.Add(resume);
        command.Add(results);
        sweep.AddTo(command);
        command.Add(quiet);
        command.SetAction(parsed => run(Read(parsed), sweep.Read(parsed)));
        command.Add(CreateMerge(merge));
        return command;
    }

    private Command CreateMerge(Func<MergeOptions, int> merge)
    {
        var command = new Command("merge", "Merge the results of all workers into one file, and report them");
        var from = new Option<string>(ResultsOption.Name) { Description = "The file or folder of the results", HelpName = "path", Required = true };
        var into = new Option<string?>("--into") { Description = "Write all results to this file, which can be used as --results", HelpName = "file" };
        foreach (Option option in (Option[])[from, into, json, csv])
            command.Add(option);
        command.SetAction(parsed => merge(new MergeOptions(parsed.GetRequiredValue(from), parsed.GetValue(into), parsed.GetValue(json), parsed.GetValue(csv))));
        return command;
    }

    private StudyOptions Read(ParseResult parsed) => new(
        ModelSelection.Find(study, trait => parsed.GetValue(traits[trait])), StudyDevice.Find(study, parsed.GetValue(device)),
        parsed.GetValue(seeds), parsed.GetValue(epochs), parsed.GetValue(expandAfter), parsed.GetValue(threads),
        parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(checkpoint), parsed.GetValue(resume), parsed.GetValue(results),
        parsed.GetValue(quiet));

    private static Option<string?> DeviceOption(StudyDefinition study)
    {
        IReadOnlyList<string> names = StudyDevice.Names(study);
        var option = new Option<string?>("--device")
        {
            Description = $"Device to compute on: {Listing.Or(names)} [default: {names[0]}]",
            HelpName = "device",
        };
        option.CompletionSources.Add([.. names]);
        return option;
    }

    private Option<string?> TraitOption(ModelTrait trait)
    {
        IReadOnlyList<string> values = trait.ValuesIn(study.Models);
        var option = new Option<string?>(trait.Option)
        {
            Description = $"{trait.Description}: {Listing.Or(values)} [default: {trait.Of(study.Models[0])}]",
            HelpName = trait.Name,
        };
        option.CompletionSources.Add([.. values]);
        return option;
    }
}
