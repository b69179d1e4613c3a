using System;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>The bytes of a model in generated C, and their documentation.</summary>
internal sealed class DeployedWording
{
    private readonly WeightCounts counts;
    private readonly NumberFormat? chosen;

    public DeployedWording(ModelSpec model, ModelGraph graph, WeightCounts counts)
    {
        this.counts = counts;
        chosen = model.ByteFormat;
        (Int8, Float) = (Count(NumberFormat.Int8), Count(NumberFormat.Float));

        ByteCounts? Count(NumberFormat format) =>
            ByteCounts.WhyNot(graph, model.Plans, format) is null ? ByteCounts.Of(graph, model.Plans, model.Sample.Count, counts, format) : null;
    }

    /// <summary>The bytes with numbers of 8 bits; null if C cannot hold the model with them.</summary>
    public ByteCounts? Int8 { get; }

    /// <summary>The bytes with floating-point numbers; null if C cannot hold the model with them.</summary>
    public ByteCounts? Float { get; }

    /// <summary>The scratch memory with the numbers of the budget or, without one, with those that need more; null if C cannot hold the model.</summary>
    public long? Scratch => chosen switch
    {
        NumberFormat.Int8 => Int8?.ScratchBytes,
        NumberFormat.Float => Float?.ScratchBytes,
        null when Int8 is { } bytes && Float is { } numbers => Math.Max(bytes.ScratchBytes, numbers.ScratchBytes),
        null => Int8?.ScratchBytes ?? Float?.ScratchBytes,
        _ => throw new InvalidOperationException($"{chosen} has no scratch memory."),
    };

    public string OfTables(ByteCounts bytes, NumberFormat format)
    {
        string layers = string.Join(", ", bytes.Layers.Select(layer => Invariant($"{layer.Name} {(layer.IsExact ? string.Empty : "at most ")}{layer.Tables}")));
        return bytes.IsExact
            ? $"The bytes of the model's tables in C with {Words.Numbers(format)}: {layers}."
            : $"The most bytes that the model's tables can take in C with {Words.Numbers(format)}, because {(counts.LearnsEdges ? "learning" : "pruning")} decides which edges exist: {layers}.";
    }

    public string OfScratch()
    {
        string[] formats =
        [
            .. Int8 is { } bytes ? new[] { Invariant($"{bytes.ScratchBytes} with {Words.Numbers(NumberFormat.Int8)}") } : [],
            .. Float is { } numbers ? new[] { Invariant($"{numbers.ScratchBytes} with {Words.Numbers(NumberFormat.Float)}") } : [],
        ];
        string which = chosen is null ? string.Empty : ", with the numbers of the budget";
        return $"The bytes of scratch memory of a prediction in C{which}: {string.Join(", ", formats)}.";
    }
}
