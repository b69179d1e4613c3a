namespace Fpe.Generators.Model;

/// <summary>A layer, declared as a partial property.</summary>
/// <inheritdoc cref="MemberSpec" path="/param"/>
internal sealed record LayerSpec(string Name, string Modifiers, string FieldName, int First) : MemberSpec(Name, Modifiers, FieldName, First, 1);
