using System.Linq;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Writes the plan from which the runtime builds the layers.</summary>
internal static class PlanEmitter
{
    public static void Emit(SourceWriter writer, ModelSpec model)
    {
        writer.Line($"private static readonly {TypeNames.ModelPlan} {model.PlanField} = new(");
        writer.Indent();
        writer.Line($"\"{model.Type.Name}\",");
        writer.Line($"{MemberNames.InputCount},");
        writer.Line($"countBiases: {(model.CountBiases ? "true" : "false")},");
        writer.Line($"{MemberNames.DenseWeights},");
        writer.Line($"{MemberNames.WeightsBeforePruning},");
        writer.Line($"{MemberNames.ExpandedWeights},");
        writer.Open("[");
        foreach (LayerPlan plan in model.Plans)
            writer.Line($"{CreationOf(plan)},");
        writer.Close(model.Budget is null ? "]);" : "],");
        if (model.Budget is { } budget)
            writer.Line(Invariant($"budget: {budget});"));
        writer.Unindent();
    }

    private static string CreationOf(LayerPlan plan)
    {
        LayerKind kind = LayerKinds.Of(plan);
        string creation = kind.CreationOf(plan);
        string[] options = [.. kind.OptionsOf(plan)];
        if (plan.From.Count == 0)
            return options.Length == 0 ? creation : Initializer.After(creation, options);
        string from = $"From = [{string.Join(", ", plan.From.Select(NameOf))}]";
        return options.Length == 0 ? $"{creation} {{ {from} }}" : Initializer.After(creation, [from, .. options]);
    }

    private static string NameOf(string source) => source == LayerPlan.Sample ? $"{TypeNames.ModelPlan}.{nameof(LayerPlan.Sample)}" : $"\"{source}\"";
}
