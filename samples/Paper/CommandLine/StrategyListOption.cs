using System.CommandLine;
using System.CommandLine.Parsing;
using Samples.Paper.Experiments;

namespace Samples.Paper.CommandLine;

/// <summary>The option with a comma-separated list of strategies.</summary>
internal static class StrategyListOption
{
    private const string Name = "--strategies";

    /// <summary>Creates the option; its value is null if the option is not given.</summary>
    public static Option<IReadOnlyList<Strategy>?> Create()
    {
        var option = new Option<IReadOnlyList<Strategy>?>(Name)
        {
            Description = $"What is compared with the dense parent, which is always trained: {string.Join("; ", Strategy.All.Select(strategy => $"{strategy.Name} ({strategy.Description})"))}",
            HelpName = "names",
            CustomParser = Parse,
        };
        option.CompletionSources.Add([.. Strategy.All.Select(strategy => strategy.Name)]);
        return option;
    }

    private static IReadOnlyList<Strategy>? Parse(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        var strategies = new List<Strategy>();
        foreach (string name in text.Split(','))
        {
            if (Strategy.Find(name) is not { } found)
            {
                argument.AddError($"{Name} {name}: there is no such strategy; use {string.Join(", ", Strategy.All.Select(strategy => strategy.Name))}.");
                return null;
            }

            strategies.Add(found);
        }

        return [.. strategies.DistinctBy(strategy => strategy.Name)];
    }
}
