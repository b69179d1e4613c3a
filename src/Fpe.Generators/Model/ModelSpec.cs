using System.Linq;

namespace Fpe.Generators.Model;

/// <summary>A model without errors: it has at least one <see cref="LinearPlan"/>, positive sizes and valid counts.</summary>
/// <inheritdoc cref="ClassSpec" path="/param"/>
/// <param name="PlanField">The name of the field that holds the plan: unused in the class.</param>
internal sealed record ModelSpec(
    TypeSpec Type, Shape Sample, bool CountBiases, long? Budget, ValueList<LayerPlan> Plans, ValueList<MemberSpec> Members, string PlanField)
    : ClassSpec(Type, Sample, CountBiases, Budget, Plans, Members)
{
    /// <summary>The numbers of the budget of bytes; null if there is none.</summary>
    public NumberFormat? ByteFormat { get; init; }

    /// <summary>The trained model in the assembly; null if there is none.</summary>
    public EmbeddedSpec? Embedded { get; init; }

    /// <summary>The number of values in the tables of tokens.</summary>
    public long TableWeights => Plans.SelectMany(plan => plan.Parameters).Where(parameter => parameter.Role == ParameterRole.Table).Sum(parameter => parameter.Count);
}
