namespace Fpe.Generators.Model;

/// <summary>A block without errors, for one use on an input that is not expanded.</summary>
/// <inheritdoc cref="ClassSpec" path="/param"/>
internal sealed record BlockSpec(TypeSpec Type, Shape Sample, ValueList<LayerPlan> Plans, ValueList<MemberSpec> Members)
    : ClassSpec(Type, Sample, CountBiases: false, Budget: null, Plans, Members);
