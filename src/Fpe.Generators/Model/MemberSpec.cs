namespace Fpe.Generators.Model;

/// <summary>A partial property of a model or block.</summary>
/// <param name="Name">Its name, without a leading @.</param>
/// <param name="Modifiers">The modifiers of the property except <c>partial</c>, which the implementing part must repeat.</param>
/// <param name="FieldName">The name of its backing field: unused in the class, and escaped if it is a keyword.</param>
/// <param name="First">The position of its first layer among the layers of the class.</param>
/// <param name="Layers">The number of its layers.</param>
internal abstract record MemberSpec(string Name, string Modifiers, string FieldName, int First, int Layers);
