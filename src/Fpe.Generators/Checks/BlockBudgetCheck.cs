using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;

namespace Fpe.Generators.Checks;

/// <summary>
/// Checks the budgets of blocks. Pruning considers a whole model, so a use keeps as many weights as its dense parent only on average; the
/// budget limits those of the dense parent.
/// </summary>
internal static class BlockBudgetCheck
{
    /// <summary>Checks a block on its own, or whether the blocks that a model uses can have budgets.</summary>
    public static void Run(DeclaredModel model, ModelGraph graph, Findings findings)
    {
        foreach (DeclaredModel block in model.Parts.Where(part => part is { IsBlock: true, Budget: not null, LearnsEdges: true }))
        {
            findings.Add(
                ExpansionRules.NoMeaning, block.Budget!.Location, block.Name, $"[{AttributeNames.NonZeroBudget}] of a block", $"Split.{Split.Learned}",
                "the model decides which of its layers keep how many weights; move it to the model");
        }

        if (model is { IsBlock: true, Budget: { } budget } && !findings.IsBroken)
        {
            WeightCounts counts = WeightCounts.Of(graph.Sizes, countBiases: false, budget: null, graph.UnitParameters);
            if (counts.Dense > budget.Count)
                CountCheck.ReportExceeded(model, budget, counts, counts.Dense, findings);
        }
    }
}
