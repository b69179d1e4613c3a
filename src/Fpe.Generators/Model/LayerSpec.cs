namespace Fpe.Generators.Model;

/// <summary>A layer, declared as a partial property.</summary>
/// <param name="Modifiers">The modifiers of the property except <c>partial</c>, which the implementing part must repeat.</param>
/// <param name="FieldName">The name of its backing field: unused in the class, and escaped if it is a keyword.</param>
/// <param name="Plan">The layer as declared; its name is that of the property without a leading @.</param>
internal sealed record LayerSpec(string Modifiers, string FieldName, LayerPlan Plan);
