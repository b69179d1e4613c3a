using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using static System.FormattableString;

namespace Fpe.Generators.Declarations;

/// <summary>Reads the sizes of an input of tokens.</summary>
internal static class TokenInput
{
    /// <summary>Returns the shape that an attribute declares; null if it is not valid.</summary>
    public static Shape? Read(DeclaredAttribute attribute, string subject, Findings findings)
    {
        int tokens = PositiveSize.Read(attribute, AttributeNames.Tokens, "the number of tokens", subject, findings);
        int vocabulary = PositiveSize.Read(attribute, AttributeNames.Vocabulary, "the vocabulary", subject, findings);
        if (vocabulary > TableSize.MaximumVocabulary)
        {
            findings.Add(
                SequenceRules.TableTooLarge, attribute.LocationOf(AttributeNames.Vocabulary), subject,
                Invariant($"the vocabulary has {vocabulary} tokens"), TableSize.MaximumVocabulary, "use a smaller vocabulary, or hash the tokens");
            return null;
        }

        return tokens > 0 && vocabulary > 0 ? Shape.OfTokens(tokens, vocabulary) : null;
    }
}
