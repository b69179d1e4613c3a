namespace Fpe.Generators.Model;

/// <summary>A layer, declared as a partial property.</summary>
/// <param name="Modifiers">The modifiers of the property but <c>partial</c>, which the implementing part has to repeat.</param>
/// <param name="FieldName">Name of the field behind it: free in the class, and escaped where it is a keyword.</param>
/// <param name="Plan">The layer as it was declared; its name is that of the property, without a leading @.</param>
internal sealed record LayerSpec(string Modifiers, string FieldName, LayerPlan Plan);
