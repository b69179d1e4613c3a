namespace Fpe.Generators.Model;

/// <summary>A layer, declared as a partial property.</summary>
/// <param name="Name">Name of the property, without a leading @.</param>
/// <param name="Modifiers">Its modifiers but <c>partial</c>, which the implementing part has to repeat.</param>
/// <param name="FieldName">Name of the field behind it: free in the class, and escaped where it is a keyword.</param>
internal abstract record LayerSpec(string Name, string Modifiers, string FieldName);
