using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Fpe.Cli.Sweeps;

/// <summary>The runs of a sweep.</summary>
internal sealed class SweepPlan
{
    /// <summary>A plan is held completely in memory.</summary>
    public const int MaximumRuns = 1_000_000;

    private readonly Lazy<string> identity;
    private readonly ConcurrentDictionary<int, ShardDivision> divisions = new();

    /// <summary>Plans a sweep.</summary>
    /// <param name="program">The name of the program.</param>
    /// <param name="items">The runs, each once.</param>
    public SweepPlan(string program, IReadOnlyList<WorkItem> items)
    {
        Program = program;
        Items = items;
        identity = new Lazy<string>(Identify);
    }

    /// <summary>The name of the program.</summary>
    public string Program { get; }

    /// <summary>The runs.</summary>
    public IReadOnlyList<WorkItem> Items { get; }

    /// <summary>A checksum of the keys, which decide all results: the same for the same runs in any order.</summary>
    public string Identity => identity.Value;

    /// <summary>Returns which runs a shard contains.</summary>
    public Func<string, bool> RunsOf(Shard shard)
    {
        if (shard.IsWhole)
            return _ => true;
        ShardDivision division = divisions.GetOrAdd(shard.Count, count => ShardDivision.Of(Items, count));
        return key => division.ShardOf(key) == shard.Index;
    }

    /// <summary>Returns the number of runs of a shard.</summary>
    public int CountOf(Shard shard)
    {
        Func<string, bool> contains = RunsOf(shard);
        return Items.Count(item => contains(item.Key));
    }

    private string Identify()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Program));
        foreach (string key in Items.Select(item => item.Key).Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes("\n" + key));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
