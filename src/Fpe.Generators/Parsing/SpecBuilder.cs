using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Converts a model or block without errors to the values in the pipeline.</summary>
internal static class SpecBuilder
{
    public static ClassSpec Build(TypeSpec type, DeclaredModel model, FreeNames names)
    {
        string? planField = model.IsBlock ? null : names.Take("DeclaredPlan");
        ValueList<MemberSpec> members = Members(model, names).ToValueList();
        ValueList<LayerPlan> plans = model.Layers.Select(layer => layer.Plan).ToValueList();
        return planField is null
            ? new BlockSpec(type, model.Sample!.Value, plans, members)
            : new ModelSpec(type, model.Sample!.Value, model.CountBiases, model.LearnedBudget, plans, members, planField) { ByteFormat = model.ByteBudget?.Format };
    }

    private static IEnumerable<MemberSpec> Members(DeclaredModel model, FreeNames names)
    {
        int first = 0;
        foreach (DeclaredMember member in model.Members)
        {
            string modifiers = PropertyShape.ModifiersToRepeat(member.Syntax);
            string field = names.Take(Identifier.CamelCase(member.Name));
            MemberSpec spec = member is DeclaredUse use
                ? new UseSpec(
                    use.Name, modifiers, field, first, use.Layers.Count(),
                    use.Block.Name, use.Block.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), use.Repeat is not null, use.Copies.Count)
                : new LayerSpec(member.Name, modifiers, field, first);
            yield return spec;
            first += spec.Layers;
        }
    }
}
