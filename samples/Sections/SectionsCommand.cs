using System.CommandLine;
using Fpe.Cli;

namespace Samples.Sections;

/// <summary>The command line.</summary>
internal static class SectionsCommand
{
    /// <summary>The name of the program, for messages.</summary>
    public const string Program = "sections";

    /// <summary>Creates the command.</summary>
    /// <param name="run">Runs the comparison.</param>
    public static RootCommand Create(Action<SectionsOptions> run)
    {
        var quick = new Option<bool>("--quick") { Description = "A first look: a tenth of the texts, one seed" };
        Option<int?> seeds = IntegerOption.CreateOptional("--seeds", "Number of seeds, from 1; 5 by default, 1 with --quick", 1);
        var cache = new Option<string>("--cache")
        {
            Description = "Folder where embeddings are kept, so that no text is encoded twice",
            HelpName = "folder",
            DefaultValueFactory = _ => "artifacts/embeddings",
        };
        var arrays = new Option<string?>("--arrays")
        {
            Description = "Folder where embeddings and classes are written as x.npy and y.npy, instead of training",
            HelpName = "folder",
        };
        var root = new RootCommand("Descriptions of packages into 54 sections, over embeddings: networks with the same number of weights beside linear classifiers.") { quick, seeds, cache, arrays };
        root.SetAction(parsed =>
        {
            run(new SectionsOptions(parsed.GetValue(quick), parsed.GetValue(seeds), parsed.GetRequiredValue(cache), parsed.GetValue(arrays)));
            return ExitCode.Success;
        });
        return root;
    }
}
