using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Checks;

/// <summary>Checks that a model fits its budget of bytes, whatever training decides.</summary>
internal static class ByteBudgetCheck
{
    /// <summary>Reports a budget of a block: which tables its layers need depends on what surrounds them.</summary>
    public static void RunOnBlock(DeclaredModel model, Findings findings)
    {
        if (model is { IsBlock: true, ByteBudget: { } budget })
            findings.Add(ByteRules.NotInC, budget.Attribute.Location, model.Name, $"[{AttributeNames.ByteBudget}] limits the bytes of a whole model, but this is a block", "move it to the model");
    }

    /// <summary>Checks a model without errors.</summary>
    public static void Run(DeclaredModel model, Findings findings)
    {
        if (model.ByteBudget is not { } budget)
            return;
        var sizes = new DeployedSize(model);
        if (sizes.WhyNot(budget.Format) is var (layer, problem))
        {
            string other = budget.Format == NumberFormat.Int8 && sizes.WhyNot(NumberFormat.Float) is null ? "use NumberFormat.Float" : "change the layer";
            findings.Add(ByteRules.NotInC, budget.Attribute.Location, $"{model.Name}.{layer.Name}", problem, $"{other}, or remove [{AttributeNames.ByteBudget}]");
            return;
        }

        ByteCounts counts = sizes.Count(budget.Format);
        if (counts.TablesBytes > budget.Bytes)
            ReportTables(model, budget, sizes, counts, findings);
        if (counts.ScratchBytes > budget.Scratch)
            ReportScratch(model, budget, sizes, counts.ScratchBytes, findings);
    }

    private static void ReportTables(DeclaredModel model, DeclaredByteBudget budget, DeployedSize sizes, ByteCounts counts, Findings findings)
    {
        LayerBytes largest = counts.Layers.OrderByDescending(layer => layer.Tables).First();
        List<string> remedies = [.. sizes.SmallerLayers(counts, budget.Bytes, budget.Format)];
        if (OtherFormat(sizes, budget) is { } other && other.TablesBytes <= budget.Bytes)
            remedies.Add("use NumberFormat.Int8");
        remedies.Add(Invariant($"raise the budget to {counts.TablesBytes}"));
        findings.AddFixable(
            ByteRules.TablesExceeded, budget.Attribute.LocationOf(AttributeNames.Bytes), FixData.Numbers, counts.TablesBytes,
            model.Name, Words.Numbers(budget.Format), AtMost(counts.IsExact) + Invariant($"{counts.TablesBytes}"), counts.TablesBytes - budget.Bytes, budget.Bytes,
            largest.Name, AtMost(largest.IsExact) + Invariant($"{largest.Tables}"), Words.Either(remedies));
    }

    private static void ReportScratch(DeclaredModel model, DeclaredByteBudget budget, DeployedSize sizes, long bytes, Findings findings)
    {
        (string widest, int width) = sizes.Widest;
        List<string> remedies = ["make it narrower"];
        if (OtherFormat(sizes, budget) is { } other && other.ScratchBytes <= budget.Scratch)
            remedies.Add("use NumberFormat.Int8");
        remedies.Add(Invariant($"raise the budget to {bytes}"));
        findings.AddFixable(
            ByteRules.ScratchExceeded, budget.Attribute.LocationOf(AttributeNames.Scratch), FixData.Numbers, bytes,
            model.Name, Words.Numbers(budget.Format), bytes, bytes - budget.Scratch!.Value, budget.Scratch.Value,
            Invariant($"the widest layer is {widest} with {width} values; {Words.Either(remedies)}"));
    }

    /// <summary>The bytes with numbers of 8 bits, if the budget is for others and the model can have them.</summary>
    private static ByteCounts? OtherFormat(DeployedSize sizes, DeclaredByteBudget budget) =>
        budget.Format == NumberFormat.Float && sizes.WhyNot(NumberFormat.Int8) is null ? sizes.Count(NumberFormat.Int8) : null;

    private static string AtMost(bool isExact) => isExact ? string.Empty : "at most ";
}
