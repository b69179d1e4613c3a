namespace Fpe.Generators.Model;

/// <summary>Where generated members go: the class, and everything that has to be opened around it.</summary>
/// <param name="HintName">Name of the emitted file, unique in the project.</param>
/// <param name="Namespace">Namespace, escaped; empty for the global one.</param>
/// <param name="Containers">Headers of the types around the class, outermost first, such as <c>partial struct Outer&lt;T&gt;</c>.</param>
/// <param name="Header">Header of the class, such as <c>partial class Net&lt;T&gt;</c>.</param>
/// <param name="Name">Name of the class, without a leading @ or type parameters.</param>
/// <param name="Reference">The class as code refers to it inside itself, such as <c>@class&lt;T&gt;</c>.</param>
internal sealed record TypeSpec(
    string HintName, string Namespace, ValueList<string> Containers, string Header, string Name, string Reference);
