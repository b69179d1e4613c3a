using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>The options of a command whose runs several workers can divide.</summary>
internal sealed class SweepOptions
{
    /// <summary>The option that specifies the part of a worker.</summary>
    public const string ShardName = "--shard";

    private const string SlurmName = "--print-slurm";
    private const string KubernetesName = "--print-kubernetes";
    private const string ContainerName = "--print-container";
    private const string Automatic = "auto";
    private const int AutomaticCount = 0;

    private readonly Option<Shard?> shard = new(ShardName)
    {
        Description = "Run only part i of n, for one of n workers with the same --results folder [default: the task of a Slurm job array or the index of a Kubernetes job, else 1/1]",
        HelpName = "i/n",
        CustomParser = ParseShard,
    };

    private readonly Option<int> slurm = CountOption(SlurmName, "Print a batch script for a Slurm job array of n workers, and do not run");
    private readonly Option<int> kubernetes = CountOption(KubernetesName, "Print a manifest of a Kubernetes Indexed Job of n workers, and do not run");
    private readonly Option<bool> container = new(ContainerName) { Description = "Print the container file for the image of --print-kubernetes, and do not run" };

    /// <summary>The names of these options that specify a division, with their values; a printed command has its own.</summary>
    public static IReadOnlyList<string> OfDivision { get; } = [ShardName, SlurmName, KubernetesName];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[shard, slurm, kubernetes, container])
            command.Add(option);
    }

    /// <summary>Reads the options.</summary>
    /// <exception cref="StudyException">Several options exclude each other.</exception>
    /// <exception cref="ShardException">The environment does not determine the shard.</exception>
    public SweepRequest Read(ParseResult parsed)
    {
        PrintRequest[] prints =
        [
            .. parsed.GetResult(slurm) is null ? [] : new[] { new PrintRequest(Cluster.Slurm, Count(parsed.GetValue(slurm))) },
            .. parsed.GetResult(kubernetes) is null ? [] : new[] { new PrintRequest(Cluster.Kubernetes, Count(parsed.GetValue(kubernetes))) },
            .. parsed.GetValue(container) ? new[] { new PrintRequest(Cluster.Container, Shards: null) } : [],
        ];
        if (prints.Length > 1)
            throw new StudyException($"only one of {SlurmName}, {KubernetesName} and {ContainerName} can be printed; run the command once for each.");
        if (prints.Length == 1 && parsed.GetResult(shard) is not null)
            throw new StudyException($"{ShardName} is for a worker, and what is printed specifies it for each of them; remove it.");
        return prints.Length == 1
            ? new SweepRequest(Shard.Whole, prints[0])
            : new SweepRequest(parsed.GetValue(shard) ?? ShardEnvironment.OfThisProcess.Find(), Print: null);
    }

    private static int? Count(int number) => number == AutomaticCount ? null : number;

    private static Option<int> CountOption(string name, string description) => new(name)
    {
        Description = $"{description}; '{Automatic}' chooses n, at most 1,000, so that each takes about an hour",
        HelpName = "n",
        CustomParser = argument => ParseCount(argument, name),
    };

    private static Shard? ParseShard(ArgumentResult argument)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (Shard.TryParse(text) is { } parsed)
            return parsed;
        argument.AddError($"{ShardName} {text}: i/n is expected, with i from 1 to n and n at most {Shard.MaximumCount:#,0}; for example 2/6.");
        return null;
    }

    private static int ParseCount(ArgumentResult argument, string name)
    {
        string text = argument.Tokens.Count == 0 ? "" : argument.Tokens[0].Value;
        if (text == Automatic)
            return AutomaticCount;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= Shard.MaximumCount)
            return count;
        argument.AddError($"{name} {text}: an integer is expected, from 1 to {Shard.MaximumCount}, or {Automatic}.");
        return AutomaticCount;
    }
}
