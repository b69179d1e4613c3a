namespace Fpe.Architecture.Tests;

/// <summary>A place where a module names a type of another module, or a member of one.</summary>
/// <param name="Module">Where it is named.</param>
/// <param name="Used">Where it is declared.</param>
/// <param name="Type">The type.</param>
/// <param name="File">The file that names it.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record ModuleUse(string Module, string Used, string Type, string File, int Line)
{
    public override string ToString() => $"{File}({Line}): {Module} uses {Type} of {Used}";
}
