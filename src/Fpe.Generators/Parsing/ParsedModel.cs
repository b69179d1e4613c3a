using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Parsing;

/// <summary>The result of parsing a class with <c>[Model]</c> or <c>[Block]</c>.</summary>
/// <param name="Emitted">What to emit; null if nothing can be added to the class.</param>
/// <param name="Findings">The problems of the class.</param>
internal sealed record ParsedModel(EmittedType? Emitted, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether no working class can be emitted, because of an error that is reported here or by the compiler.</summary>
    public bool IsBroken => Emitted is not ClassSpec;

    /// <summary>Returns the part that the generator is responsible for: the file and the errors.</summary>
    public ModelOutput ToOutput(CSharpCompilation compilation) =>
        new(Emitted, Findings.Where(finding => finding.IsError).Select(error => error.ToSpec(compilation)).ToValueList());
}
