/**
 * The shells that can be taught, each with the script that teaches it. A script knows no command of this program:
 * it asks the program itself, so that it is never out of date.
 */
export const SHELLS = {
  bash: {
    script: `_clio_fields() {
  local IFS=$'\\n' line value current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS= read -r line; do
    value="\${line%%$'\\t'*}"
    if [[ "$value" == ':files' ]]; then
      [[ "$current" == '=' ]] && current=''
      COMPREPLY=($(compgen -f -- "$current"))
      compopt -o filenames 2>/dev/null
      return
    fi
    # bash holds --format=html for three words, and wants the last one alone.
    [[ "$current" == --*=* || "$value" != --*=* ]] || value="\${value#*=}"
    case "$current" in
      \\"*|\\'*) COMPREPLY+=("$value") ;;
      *) COMPREPLY+=("$(printf '%q' "$value")") ;;
    esac
  done < <(command clio-fields complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _clio_fields clio-fields
`,
  },
  zsh: {
    script: `#compdef clio-fields
_clio_fields() {
  local line value description
  local -a described
  for line in "\${(@f)$(command clio-fields complete -- "\${(@Q)words[2,$CURRENT]}" 2>/dev/null)}"; do
    [[ -z "$line" ]] && continue
    value="\${line%%$'\\t'*}"
    if [[ "$value" == ':files' ]]; then
      _files
      return
    fi
    description="\${line#*$'\\t'}"
    described+=("\${value//:/\\\\:}\${description:+:$description}")
  done
  _describe -V 'clio-fields' described
}
if [[ "\${funcstack[1]}" == '_clio_fields' ]]; then
  _clio_fields "$@"
else
  compdef _clio_fields clio-fields
fi
`,
  },
  fish: {
    script: `function __clio_fields_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (command clio-fields complete -- $words[2..-1] 2>/dev/null)
  if test (string split \\t -- $found[1])[1] = ':files'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c clio-fields -f -a '(__clio_fields_complete)'
`,
  },
  powershell: {
    script: `Register-ArgumentCompleter -Native -CommandName clio-fields -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
  $new = @(if ($wordToComplete -eq '') { '--new-word' })
  & clio-fields complete @new -- @words 2>$null | ForEach-Object {
    $value, $description = $_ -split "\`t", 2
    if ($value -eq ':files') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    } else {
      $text = if ($value -match '[\\s''"]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
      $tip = if ($description) { $description } else { $value }
      [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $tip)
    }
  }
}
`,
  },
} as const satisfies Record<string, { readonly script: string }>;

export type Shell = keyof typeof SHELLS;
