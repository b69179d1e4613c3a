namespace Fpe.Cli.Running;

/// <summary>Where and why a run diverged.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Message">The message of the exception, which contains the loss and the fix.</param>
internal sealed record StudyDivergence(int Epoch, string Message);
